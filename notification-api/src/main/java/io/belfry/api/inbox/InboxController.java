package io.belfry.api.inbox;

import io.belfry.api.access.InboxOwner;
import io.belfry.api.http.PublicUrls;
import io.belfry.api.http.ResourceId;
import io.belfry.api.inbox.InboxAnswers.Changes;
import io.belfry.api.inbox.InboxAnswers.NotificationDetail;
import io.belfry.api.inbox.InboxAnswers.NotificationPage;
import io.belfry.api.inbox.InboxAnswers.UnreadCount;
import io.belfry.api.paging.KeysetSlice;
import io.belfry.api.paging.PageRequest;
import io.belfry.api.problem.ProblemException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Reading one's inbox. Needs PostgreSQL alone. */
@RestController
@RequestMapping(produces = MediaType.APPLICATION_JSON_VALUE)
final class InboxController {

    static final String NOTIFICATIONS = "/api/notifications";

    /**
     * One notification. Any text is taken for an id, so that a bad one is told as such, except the names of calls:
     * those with another method are 405, not a bad id.
     */
    static final String ONE = NOTIFICATIONS + "/{id:(?!(?:unread_count|changes|mark_all_read)$).+}";

    private final InboxReader inbox;
    private final PublicUrls urls;
    private final Counter exact;
    private final Counter resets;

    InboxController(InboxReader inbox, PublicUrls urls, MeterRegistry metrics) {
        this.inbox = inbox;
        this.urls = urls;
        this.exact = metrics.counter("belfry.changes", "result", "exact");
        this.resets = metrics.counter("belfry.changes", "result", "reset");
    }

    @GetMapping(NOTIFICATIONS)
    NotificationPage list(
            InboxOwner owner,
            PageRequest request,
            @RequestParam(name = "is_read", required = false) @Nullable String isRead,
            @RequestParam(name = "notification_type", required = false) @Nullable String type,
            @RequestParam(required = false) @Nullable String course) {
        InboxFilter filter = InboxFilter.parse(isRead, type, course);
        KeysetSlice slice = new KeysetSlice(request, true, "inbox of " + owner.userId() + " " + filter);
        return inbox.list(
                owner.userId(),
                filter,
                slice,
                cursor -> urls.page(NOTIFICATIONS + "/", filter.query(), request.size(), cursor));
    }

    @GetMapping(ONE)
    NotificationDetail one(InboxOwner owner, @PathVariable ResourceId id) {
        return inbox.one(owner.userId(), id.value()).orElseThrow(ProblemException::notFound);
    }

    @GetMapping(NOTIFICATIONS + "/unread_count")
    UnreadCount unreadCount(InboxOwner owner) {
        return inbox.unread(owner.userId());
    }

    @GetMapping(NOTIFICATIONS + "/changes")
    Changes changes(
            InboxOwner owner, @RequestParam String after, @RequestParam(required = false) @Nullable String epoch) {
        long known = ResourceId.number("after", after, 0);
        Changes answer = inbox.changes(owner.userId(), known, epoch == null || epoch.isEmpty() ? null : epoch);
        (answer.reset() ? resets : exact).increment();
        return answer;
    }
}
