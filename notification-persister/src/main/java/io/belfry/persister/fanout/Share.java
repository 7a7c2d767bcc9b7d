package io.belfry.persister.fanout;

import java.util.List;

/**
 * What one request gets in one transaction.
 *
 * @param users who get it now, ascending, each above the row's {@code fanned_to}
 * @param last nobody is missing afterwards
 */
record Share(FanoutRequest request, NotificationRow row, List<Long> users, boolean last) {

    /** The last user who has it after this transaction; 0 = nobody. */
    long fannedTo() {
        return users.isEmpty() ? row.fannedTo() : users.get(users.size() - 1);
    }

    int recipients() {
        return row.recipients() + users.size();
    }

    /** Whether everybody has the event of this name after this transaction; maybe everybody had it before. */
    boolean complete() {
        return row.complete() || (last && !row.conflictsWith(request));
    }
}
