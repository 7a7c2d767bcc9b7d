package io.belfry.persister.fanout;

import io.belfry.events.NotificationStored.Recipient;
import java.util.List;

/**
 * What one transaction did for a request: it is in the inboxes of more users than before, or of as many.
 *
 * @param row as it was before, with what was stored first, whatever a later event under the same name says
 * @param added users who got it now, by ascending id, each above the row's {@code fanned_to}
 * @param complete all have it, as far as this request goes
 */
record Stored(FanoutRequest request, NotificationRow row, List<Recipient> added, boolean complete) {

    /** How a request stands to what was stored before it. */
    enum Origin {
        /** The first of its name. */
        NEW,
        /** It came before: redelivered, or gone on with. */
        KNOWN,
        /** Its name belongs to another request, which stays as it is. */
        CONFLICT
    }

    Origin origin() {
        if (row.state() != NotificationRow.State.FOUND) {
            return Origin.NEW;
        }
        return row.conflictsWith(request) ? Origin.CONFLICT : Origin.KNOWN;
    }

    /** The last user who had it before; 0 = none. */
    long before() {
        return row.fannedTo();
    }

    /** The last user who has it now; 0 = none. */
    long fannedTo() {
        return added.isEmpty() ? before() : added.get(added.size() - 1).user();
    }

    /** How many have it now. */
    int recipients() {
        return row.recipients() + added.size();
    }

    /** Whether the row has to be moved on to what this transaction added. */
    boolean movesRow() {
        return row.state() != NotificationRow.State.INSERTED_WHOLE && row.isOpenTo(request);
    }

    /** Whether all have the event of this name after this transaction; maybe all had it before. */
    boolean isWhole() {
        return row.complete() || (complete && !row.conflictsWith(request));
    }
}
