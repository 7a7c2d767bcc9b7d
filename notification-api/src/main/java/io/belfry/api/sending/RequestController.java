package io.belfry.api.sending;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.belfry.access.Caller;
import io.belfry.api.http.PublicUrls;
import io.belfry.api.http.ResourceId;
import io.belfry.api.paging.KeysetSlice;
import io.belfry.api.paging.Page;
import io.belfry.api.paging.PageRequest;
import io.belfry.api.sending.RequestRepository.ListedRequest;
import io.belfry.api.sending.RequestRepository.SentContent;
import io.belfry.api.sending.RequestRepository.StoredRequest;
import io.belfry.api.sending.Submission.Sender;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What became of a send: for its sender, for who instructs its course, and for admins. */
@RestController
@RequestMapping(path = RequestController.PATH, produces = MediaType.APPLICATION_JSON_VALUE)
final class RequestController {

    static final String PATH = "/api/notification-requests";

    private final RequestRepository requests;
    private final VisibleRequests visible;
    private final PublicUrls urls;

    RequestController(RequestRepository requests, VisibleRequests visible, PublicUrls urls) {
        this.requests = requests;
        this.visible = visible;
        this.urls = urls;
    }

    @GetMapping("/{request_id}")
    RequestDetail one(@AuthenticationPrincipal Caller caller, @PathVariable("request_id") String id) {
        StoredRequest request = visible.find(caller, id);
        Optional<SentContent> sent = Optional.ofNullable(request.notificationId).flatMap(requests::content);
        return new RequestDetail(
                RequestView.of(request),
                sent.map(SentContent::message).orElse(null),
                sent.map(SentContent::data).orElse(null),
                sent.map(SentContent::senderName).orElse(null),
                request.test);
    }

    @GetMapping
    Page<RequestView> list(
            @AuthenticationPrincipal Caller caller,
            PageRequest request,
            @RequestParam(required = false) @Nullable ResourceId course) {
        Long courseId = course == null ? null : course.value();
        String scope = courseId != null && visible.seesAll(caller, courseId)
                ? null
                : Sender.of(caller).scope();
        KeysetSlice slice = new KeysetSlice(request, true, "requests of " + scope + " to " + courseId);
        List<ListedRequest> read = slice.read(
                (above, below, rows, skip) -> requests.oldestFirst(scope, courseId, above, below, rows, skip),
                (above, below, rows, skip) -> requests.newestFirst(scope, courseId, above, below, rows, skip));
        Map<String, Long> filter = courseId == null ? Map.of() : Map.of("course", courseId);
        return slice.page(
                read.get(0).count(),
                read.stream()
                        .map(ListedRequest::request)
                        .filter(Objects::nonNull)
                        .map(RequestView::of)
                        .toList(),
                RequestView::number,
                cursor -> urls.page(PATH + "/", filter, request.size(), cursor));
    }

    /**
     * One send, with what it says: null until it is stored.
     *
     * @param data JSON text of an object, as it was sent
     * @param senderName by the directory; null also where it does not know
     * @param test its sender alone got it; lists have no such sends
     */
    record RequestDetail(
            @JsonUnwrapped RequestView request,
            @Nullable String message,
            @JsonRawValue @Nullable String data,
            @Nullable String senderName,
            boolean test) {}

    /**
     * How far a send has come, and once it is stored which one it was.
     *
     * @param course null = sent to named users
     * @param status accepted (Kafka has it), stored (with the last recipient) or rejected; only forward
     * @param recipients those stored, once it is stored; before, those when it was accepted
     * @param read how many of them have read it
     * @param error why it was rejected, or null
     * @param notificationType null until it is stored, as is the title
     * @param title may be empty
     * @param excerpt the first 200 characters of the message; null until it is stored
     * @param number its place in lists
     */
    record RequestView(
            String requestId,
            @Nullable Long course,
            String status,
            int recipients,
            int read,
            @Nullable RequestError error,
            Instant createdAt,
            @Nullable Instant storedAt,
            @Nullable String notificationType,
            @Nullable String title,
            @Nullable String excerpt,
            @JsonIgnore long number) {

        static RequestView of(StoredRequest request) {
            String code = request.errorCode;
            return new RequestView(
                    request.id,
                    request.courseId,
                    request.status,
                    request.recipients,
                    request.read,
                    code == null ? null : new RequestError(code, Objects.requireNonNullElse(request.errorDetail, "")),
                    request.createdAt,
                    request.storedAt,
                    request.notificationType,
                    request.title,
                    request.excerpt,
                    request.number);
        }

        /** @param code one of those of dead letters, listed in docs/protocol.md */
        record RequestError(String code, String detail) {}
    }
}
