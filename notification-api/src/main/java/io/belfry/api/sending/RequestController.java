package io.belfry.api.sending;

import io.belfry.access.Caller;
import io.belfry.api.paging.KeysetSlice;
import io.belfry.api.paging.ListAddress;
import io.belfry.api.paging.Page;
import io.belfry.api.paging.PageRequest;
import io.belfry.api.problem.ProblemException;
import io.belfry.api.sending.RequestRepository.Listed;
import io.belfry.api.web.ResourceId;
import io.swagger.v3.oas.annotations.Operation;
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
    private final ListAddress addresses;

    RequestController(RequestRepository requests, ListAddress addresses) {
        this.requests = requests;
        this.addresses = addresses;
    }

    @Operation(summary = "What became of a send")
    @GetMapping("/{request_id}")
    RequestView one(@AuthenticationPrincipal Caller caller, @PathVariable("request_id") String id) {
        return requests.one(id, Sender.of(caller).scope()).map(RequestView::of).orElseThrow(ProblemException::notFound);
    }

    @Operation(summary = "One's sends, newest first")
    @GetMapping
    Page<RequestView> list(
            @AuthenticationPrincipal Caller caller,
            PageRequest request,
            @RequestParam(required = false) @Nullable ResourceId course) {
        String scope = Sender.of(caller).scope();
        Long courseId = course == null ? null : course.value();
        KeysetSlice slice = new KeysetSlice(request, true, "requests of " + scope + " to " + courseId);
        List<Listed> read = slice.read(
                (above, below, rows, skip) -> requests.oldestFirst(scope, courseId, above, below, rows, skip),
                (above, below, rows, skip) -> requests.newestFirst(scope, courseId, above, below, rows, skip));
        Map<String, Long> filter = courseId == null ? Map.of() : Map.of("course", courseId);
        return slice.page(
                read.get(0).count(),
                read.stream()
                        .map(Listed::request)
                        .filter(Objects::nonNull)
                        .map(RequestView::of)
                        .toList(),
                RequestView::number,
                cursor -> addresses.of(PATH + "/", filter, request, cursor));
    }
}
