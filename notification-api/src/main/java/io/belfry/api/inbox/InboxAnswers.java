package io.belfry.api.inbox;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.belfry.api.paging.Page;
import java.util.List;

/** The documents of this room, all but the notification itself. */
final class InboxAnswers {

    private InboxAnswers() {}

    /** A page of the list. */
    record NotificationPage(
            @JsonUnwrapped Page<NotificationView> page,
            @JsonUnwrapped InboxState state) {}

    /** One notification. */
    record NotificationDetail(
            @JsonUnwrapped NotificationView notification,
            @JsonUnwrapped InboxState state) {}

    /** @param updated how many became read */
    record AllRead(int updated, @JsonUnwrapped InboxState state) {}

    /** The number on the bell. */
    record UnreadCount(long unreadCount, long seq, String epoch) {}

    /**
     * What a client missed: all of it, or the advice to load afresh.
     *
     * @param notifications the present state of each that was added or changed and is still there
     * @param deleted ids of those that are gone
     * @param reset true = nothing is told here; load the list
     */
    record Changes(
            @JsonUnwrapped InboxState state, List<NotificationView> notifications, List<Long> deleted, boolean reset) {}
}
