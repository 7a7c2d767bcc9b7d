package io.belfry.api.sending;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.belfry.access.Caller;
import io.belfry.api.http.PublicUrls;
import io.belfry.api.http.ResourceId;
import io.belfry.api.paging.KeysetSlice;
import io.belfry.api.paging.Page;
import io.belfry.api.paging.PageRequest;
import io.belfry.api.problem.ProblemException;
import io.belfry.api.sending.RequestRepository.ListedRequest;
import io.belfry.api.sending.RequestRepository.StoredRequest;
import io.belfry.api.sending.Submission.Sender;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What became of one's sends. */
@RestController
@RequestMapping(path = RequestController.PATH, produces = MediaType.APPLICATION_JSON_VALUE)
final class RequestController {

    static final String PATH = "/api/notification-requests";

    private final RequestRepository requests;
    private final PublicUrls urls;

    RequestController(RequestRepository requests, PublicUrls urls) {
        this.requests = requests;
        this.urls = urls;
    }

    @GetMapping("/{request_id}")
    RequestView one(@AuthenticationPrincipal Caller caller, @PathVariable("request_id") String id) {
        return requests.one(id, Sender.of(caller).scope()).map(RequestView::of).orElseThrow(ProblemException::notFound);
    }

    @GetMapping
    Page<RequestView> list(
            @AuthenticationPrincipal Caller caller,
            PageRequest request,
            @RequestParam(required = false) @Nullable ResourceId course) {
        String scope = Sender.of(caller).scope();
        Long courseId = course == null ? null : course.value();
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
     * How far a send has come, and once it is stored which one it was.
     *
     * @param course null = sent to named users
     * @param status accepted (Kafka has it), stored (with the last recipient) or rejected; only forward
     * @param recipients those stored, once it is stored; before, those when it was accepted
     * @param read how many of them have read it
     * @param error why it was rejected, or null
     * @param notificationType null until it is stored, as is the title
     * @param title may be empty
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
                    request.number);
        }

        /** @param code one of those of dead letters, listed in docs/protocol.md */
        record RequestError(String code, String detail) {}
    }
}
