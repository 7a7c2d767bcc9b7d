package io.belfry.persister.fanout;

import io.belfry.events.EventId;
import io.belfry.events.NotificationData;
import io.belfry.events.NotificationStored;
import io.belfry.events.NotificationType;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code notification} that this transaction has locked or inserted.
 *
 * @param hash of the request that made it; null = not known
 * @param fannedTo the last user who had it before this transaction; 0 = none
 * @param recipients how many had it before this transaction
 * @param complete no recipient is missing any more
 * @param state how it came to this transaction
 */
record NotificationRow(
        long id,
        EventId eventId,
        @Nullable ContentHash hash,
        @Nullable Long senderId,
        @Nullable String sourceName,
        NotificationType type,
        String title,
        String message,
        NotificationData data,
        @Nullable Long course,
        boolean test,
        Instant createdAt,
        long fannedTo,
        int recipients,
        boolean complete,
        State state) {

    enum State {
        /** It was there before. */
        FOUND,
        /** Inserted, to be advanced as its recipients are. */
        INSERTED,
        /** Inserted as it will be once all its recipients have it, which this transaction sees to. */
        INSERTED_WHOLE
    }

    /** Another request has this name already. */
    boolean conflictsWith(FanoutRequest request) {
        return hash != null && !hash.equals(request.hash());
    }

    NotificationStored.Content content(AnnouncementContext context) {
        return new NotificationStored.Content(
                id,
                senderId,
                context.user(senderId),
                sourceName,
                type,
                title,
                message,
                data,
                course,
                context.course(course),
                test,
                createdAt);
    }
}
