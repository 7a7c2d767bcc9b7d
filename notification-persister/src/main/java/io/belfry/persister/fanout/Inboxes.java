package io.belfry.persister.fanout;

import io.belfry.events.NotificationStored.Recipient;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The tables {@code inbox} and {@code inbox_entry}. All rows of a transaction are locked in one ascending pass before
 * the first is changed.
 */
final class Inboxes {

    private final JdbcClient jdbc;

    Inboxes(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param users ascending, each once */
    LockedInboxes lock(long[] users) {
        return users.length == 0
                ? new LockedInboxes()
                : locked("SELECT user_id, seq, unread FROM lock_inboxes(?)", users);
    }

    /**
     * Those of a course's students, by ascending id.
     *
     * @param above only users above it
     * @param limit most of them
     */
    LockedInboxes lockStudents(long course, long above, int limit) {
        return locked("""
                SELECT user_id, seq, unread
                  FROM lock_inboxes(ARRAY(SELECT m.user_id FROM course_member m
                                           WHERE m.course_id = ? AND m.user_id > ? AND m.role = 'student'
                                           ORDER BY m.user_id LIMIT ?))
                """, course, above, limit);
    }

    private LockedInboxes locked(String sql, Object... parameters) {
        LockedInboxes inboxes = new LockedInboxes();
        jdbc.sql(sql).params(List.of(parameters)).query(row -> {
            inboxes.locked(row.getLong(1), row.getLong(2), row.getLong(3));
        });
        return inboxes;
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
}
