package io.belfry.persister.fanout;

import io.belfry.events.NotificationStored;
import io.belfry.events.NotificationStored.Recipient;
import java.util.List;

/** What one transaction did for a request. */
public sealed interface Outcome {

    FanoutRequest request();

    /** The course is not in the directory, and nothing was written. */
    record UnknownCourse(FanoutRequest request) implements Outcome {}

    /**
     * It is in the inboxes of more users than before, or of as many.
     *
     * @param content as it was stored first, whatever a later event under the same name says
     * @param epoch the history that the numbers belong to
     * @param before the last user who had it before; 0 = nobody
     * @param added who got it now, by ascending id
     * @param complete nobody is missing any more, as far as this request goes
     * @param origin whether the request was known before
     */
    record Stored(
            FanoutRequest request,
            NotificationStored.Content content,
            String epoch,
            long before,
            List<Recipient> added,
            boolean complete,
            Origin origin)
            implements Outcome {

        /** The last user who has it now; 0 = nobody. */
        public long fannedTo() {
            return added.isEmpty() ? before : added.get(added.size() - 1).user();
        }
    }

    /** How a request stands to what was stored before it. */
    enum Origin {
        /** The first of its name. */
        NEW,
        /** It came before: redelivered, or gone on with. */
        KNOWN,
        /** Its name belongs to another request, which stays as it is. */
        CONFLICT
    }
}
