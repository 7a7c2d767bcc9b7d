package io.belfry.persister.fanout;

import io.belfry.events.NotificationStored.Recipient;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Who has a notification already and with which numbers. What is announced again comes from here and never from the
 * directory: members come and go, and a deleted entry was added all the same.
 */
public final class StoredEntries {

    private final JdbcClient jdbc;

    public StoredEntries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A page of them, by ascending user id.
     *
     * @param after only users above it
     * @param upTo only users up to it
     * @param limit most of them
     */
    public List<Recipient> page(long notification, long after, long upTo, int limit) {
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
