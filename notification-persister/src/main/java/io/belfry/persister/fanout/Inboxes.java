package io.belfry.persister.fanout;

import io.belfry.events.NotificationStored.Recipient;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The tables {@code inbox} and {@code inbox_entry}. All rows of a transaction are locked in one ascending pass before
 * the first is changed, so the numbers read there hold until the commit and are counted on here, not in SQL.
 */
final class Inboxes {

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

    private final JdbcClient jdbc;

    Inboxes(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Adds an entry for each user of each notification.
     *
     * @param rows in the order in which a user of several of them gets their numbers
     * @param users of each, ascending
     * @return the recipients of each, in the order of its users
     */
    List<List<Recipient>> add(List<NotificationRow> rows, List<List<Long>> users) {
        long[] all = users.stream()
                .flatMapToLong(some -> some.stream().mapToLong(Long::longValue))
                .sorted()
                .distinct()
                .toArray();
        if (all.length == 0) {
            return users.stream().map(none -> List.<Recipient>of()).toList();
        }
        Map<Long, Numbers> numbers = lock(all);
        List<List<Recipient>> recipients = new ArrayList<>(rows.size());
        for (List<Long> some : users) {
            recipients.add(
                    some.stream().map(user -> of(user, numbers).next(user)).toList());
        }
        write(all, numbers, rows, recipients);
        return recipients;
    }

    /**
     * Users who have a notification already and with which numbers, by ascending id. What is announced again comes from
     * here and never from the directory: members come and go, and a deleted entry was added all the same.
     *
     * @param after only users above it
     * @param upTo only users up to it
     * @param limit most of them
     */
    List<Recipient> page(long notification, long after, long upTo, int limit) {
        return jdbc.sql("""
                        SELECT user_id, added_seq, added_unread FROM inbox_entry
                         WHERE notification_id = ? AND user_id > ? AND user_id <= ?
                         ORDER BY user_id LIMIT ?
                        """)
                .params(notification, after, upTo, limit)
                .query((row, number) -> new Recipient(row.getLong(1), row.getLong(2), row.getLong(3)))
                .list();
    }

    private Map<Long, Numbers> lock(long[] users) {
        Map<Long, Numbers> numbers = new HashMap<>(users.length * 2);
        jdbc.sql("SELECT user_id, seq, unread FROM lock_inboxes(?)")
                .param(users)
                .query(row -> {
                    numbers.put(row.getLong(1), new Numbers(row.getLong(2), row.getLong(3)));
                });
        return numbers;
    }

    private static Numbers of(long user, Map<Long, Numbers> locked) {
        return Objects.requireNonNull(locked.get(user), "an inbox that was there is gone");
    }

    /** Two statements, sent in one go. */
    private void write(
            long[] counted, Map<Long, Numbers> numbers, List<NotificationRow> rows, List<List<Recipient>> recipients) {
        int size = recipients.stream().mapToInt(List::size).sum();
        long[] notifications = new long[size];
        long[] users = new long[size];
        long[] seqs = new long[size];
        long[] unreads = new long[size];
        String[] types = new String[size];
        int at = 0;
        for (int i = 0; i < rows.size(); i++) {
            for (Recipient recipient : recipients.get(i)) {
                notifications[at] = rows.get(i).id();
                users[at] = recipient.user();
                seqs[at] = recipient.seq();
                unreads[at] = recipient.unread();
                types[at] = rows.get(i).type().wireName();
                at++;
            }
        }
        jdbc.sql("""
                        UPDATE inbox i SET seq = i.seq + a.n, unread = i.unread + a.n, total = i.total + a.n
                          FROM unnest(?::bigint[], ?::bigint[]) AS a (user_id, n)
                         WHERE i.user_id = a.user_id;
                        INSERT INTO inbox_entry (notification_id, user_id, added_seq, added_unread, changed_seq,
                                                 notification_type)
                        SELECT notification, user_id, seq, unread, seq, type
                          FROM unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::text[])
                               AS e (notification, user_id, seq, unread, type)
                        """)
                .param(counted)
                .param(Arrays.stream(counted)
                        .map(user -> of(user, numbers).added)
                        .toArray())
                .param(notifications)
                .param(users)
                .param(seqs)
                .param(unreads)
                .param(types)
                .update();
    }
}
