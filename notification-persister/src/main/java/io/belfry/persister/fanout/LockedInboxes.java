package io.belfry.persister.fanout;

import io.belfry.events.NotificationStored.Recipient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Inboxes that this transaction has locked: the numbers read there hold until the commit and are counted on here, not in
 * SQL.
 */
final class LockedInboxes {

    private static final class Numbers {
        private final long seq;
        private final long unread;
        private int added;

        Numbers(long seq, long unread) {
            this.seq = seq;
            this.unread = unread;
        }

        Recipient next(long user) {
            added++;
            return new Recipient(user, seq + added, unread + added);
        }
    }

    private record Entry(NotificationRow row, Recipient recipient) {}

    private final SortedMap<Long, Numbers> numbers = new TreeMap<>();
    private final List<Entry> entries = new ArrayList<>();

    /** Called for each that was locked, as it was then. */
    void locked(long user, long seq, long unread) {
        numbers.put(user, new Numbers(seq, unread));
    }

    /** By ascending id. */
    List<Long> users() {
        return List.copyOf(numbers.keySet());
    }

    /**
     * Gives them a notification; a user of several gets their numbers in the order of the calls.
     *
     * @param users whose inboxes are locked here
     * @return with their numbers, in the same order
     */
    List<Recipient> add(NotificationRow row, List<Long> users) {
        List<Recipient> added = new ArrayList<>(users.size());
        for (long user : users) {
            Recipient recipient = Objects.requireNonNull(numbers.get(user), "an inbox that was there is gone")
                    .next(user);
            added.add(recipient);
            entries.add(new Entry(row, recipient));
        }
        return added;
    }

    /** What was added, as two statements. */
    void write(Updates updates) {
        if (entries.isEmpty()) {
            return;
        }
        List<Map.Entry<Long, Numbers>> counted = numbers.entrySet().stream()
                .filter(inbox -> inbox.getValue().added > 0)
                .toList();
        updates.add(
                """
                UPDATE inbox i SET seq = i.seq + a.n, unread = i.unread + a.n, total = i.total + a.n
                  FROM unnest(?::bigint[], ?::bigint[]) AS a (user_id, n)
                 WHERE i.user_id = a.user_id""",
                counted.stream().mapToLong(Map.Entry::getKey).toArray(),
                counted.stream().mapToLong(inbox -> inbox.getValue().added).toArray());
        updates.add(
                """
                INSERT INTO inbox_entry (notification_id, user_id, added_seq, added_unread, changed_seq, notification_type)
                SELECT notification, user_id, seq, unread, seq, type
                  FROM unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::text[])
                       AS e (notification, user_id, seq, unread, type)""",
                entries.stream().mapToLong(entry -> entry.row.content().id()).toArray(),
                entries.stream().mapToLong(entry -> entry.recipient.user()).toArray(),
                entries.stream().mapToLong(entry -> entry.recipient.seq()).toArray(),
                entries.stream().mapToLong(entry -> entry.recipient.unread()).toArray(),
                entries.stream()
                        .map(entry -> entry.row.content().notificationType().wireName())
                        .toArray(String[]::new));
    }
}
