package io.belfry.api.inbox;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.belfry.api.paging.Page;
import io.belfry.events.Ids;
import io.belfry.json.InvalidFieldsException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The documents of this room. */
final class InboxAnswers {

    private InboxAnswers() {}

    /**
     * Which state of the inbox an answer shows. Without an inbox yet: 0 and 0.
     *
     * @param seq the number of its last change
     * @param unread how many are unread after that change
     * @param epoch the history that the numbers belong to
     */
    record InboxState(long seq, long unread, String epoch) {}

    /**
     * A notification as its receiver sees it.
     *
     * @param sender null = none
     * @param senderName by the directory; null = none, or not known there
     * @param sourceName of the service that it came from; null = it did not say
     * @param data JSON text of an object, as it was sent
     * @param course null = not sent to a course
     * @param courseTitle by the directory; null = no course, or not known there
     * @param test its sender tries it out on themselves before the course gets it
     * @param addedSeq the number of the change that put it into the inbox; the order of the list
     */
    record NotificationView(
            long id,
            @Nullable Long sender,
            @Nullable String senderName,
            @Nullable String sourceName,
            long receiver,
            @Nullable String receiverName,
            String notificationType,
            String title,
            String message,
            @JsonRawValue String data,
            boolean isRead,
            @Nullable Instant readAt,
            @Nullable Long course,
            @Nullable String courseTitle,
            boolean test,
            Instant createdAt,
            long addedSeq) {}

    /** A page of the list. */
    record NotificationPage(
            @JsonUnwrapped Page<NotificationView> page,
            @JsonUnwrapped InboxState state) {}

    /** One notification. */
    record NotificationDetail(
            @JsonUnwrapped NotificationView notification,
            @JsonUnwrapped InboxState state) {}

    /** @param upTo an id of this inbox: it and what entered before it; null = all there is */
    record MarkAllRead(@Nullable Long upTo) {

        static final MarkAllRead ALL = new MarkAllRead(null);

        MarkAllRead {
            if (upTo != null && !Ids.isValid(upTo)) {
                throw new InvalidFieldsException("up_to", "must be from 1 to 2^53 - 1");
            }
        }
    }

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
