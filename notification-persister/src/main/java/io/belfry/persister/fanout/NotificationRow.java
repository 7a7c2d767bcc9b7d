package io.belfry.persister.fanout;

import io.belfry.events.EventId;
import io.belfry.events.NotificationStored;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code notification} that this transaction has locked or inserted.
 *
 * @param content what its recipients see, its sender and course as they are called now
 * @param epoch the history that the numbers of inboxes belong to
 * @param hash of the request that made it; null = not known
 * @param fannedTo the last user who had it before this transaction; 0 = none
 * @param recipients how many had it before this transaction
 * @param complete no recipient is missing any more
 * @param state how it came to this transaction
 */
record NotificationRow(
        EventId eventId,
        NotificationStored.Content content,
        String epoch,
        @Nullable ContentHash hash,
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

    /** Whether this request may give it to more users. */
    boolean isOpenTo(FanoutRequest request) {
        return !complete && !conflictsWith(request);
    }
}
