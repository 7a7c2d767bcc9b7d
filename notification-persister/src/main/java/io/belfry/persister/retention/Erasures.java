package io.belfry.persister.retention;

import io.belfry.events.InboxChanged;
import io.belfry.persister.announce.Announcements;
import io.belfry.persister.retention.Entries.Entry;
import io.belfry.persister.retention.Entries.Removed;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Erases people whom the platform has taken back ({@code erased_user}): inbox, entries, memberships, templates, and contents
 * that were for them alone. Then it tells so, at least once: gateways end the person's sessions. What they sent stays, under another
 * name. One thread calls {@link #run} again and again.
 */
public final class Erasures implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(Erasures.class);

    private static final int BATCH = 500;

    private final TransactionOperations transactions;
    private final JdbcClient jdbc;
    private final Announcements announcements;

    /** @param announcements its own */
    public Erasures(TransactionOperations transactions, JdbcClient jdbc, Announcements announcements) {
        this.transactions = transactions;
        this.jdbc = jdbc;
        this.announcements = announcements;
    }

    private enum Progress {
        MORE,
        DONE,
        /** Another transaction has the inbox. */
        LATER
    }

    private record Step(List<InboxChanged> changes, Progress progress) {}

    /** Erases all who wait for it. */
    @Override
    public void run() {
        announcements.sendAgain();
        jdbc.sql("SELECT user_id FROM erased_user WHERE erased_at IS NULL ORDER BY asked_at LIMIT 100")
                .query(Long.class)
                .list()
                .forEach(this::erase);
    }

    private void erase(long user) {
        Step step;
        do {
            step = Objects.requireNonNull(transactions.execute(status -> removeSome(user)));
            step.changes().forEach(change -> announcements.changed(change, null));
            announcements.awaitAcknowledged();
        } while (step.progress() == Progress.MORE);
        if (step.progress() == Progress.DONE) {
            announcements.erased(user);
            announcements.awaitAcknowledged();
            jdbc.sql("""
                            WITH done AS (
                                UPDATE erased_user SET erased_at = clock_timestamp() WHERE user_id = ? RETURNING user_id)
                            INSERT INTO audit_log (actor, action, object)
                            SELECT 'platform', 'erase', 'user:' || user_id FROM done
                            """).param(user).update();
            LOG.info("user {} is erased", user);
        }
    }

    /** Notifications are locked before the inbox, as by every transaction. */
    private Step removeSome(long user) {
        List<Entry> entries = jdbc.sql("""
                        SELECT notification_id FROM inbox_entry WHERE user_id = ? ORDER BY added_seq LIMIT ?
                        """)
                .params(user, BATCH)
                .query((row, number) -> new Entry(row.getLong(1), user))
                .list();
        if (entries.isEmpty()) {
            return new Step(List.of(), forget(user) ? Progress.DONE : Progress.LATER);
        }
        Long[] notifications = entries.stream().map(Entry::notification).toArray(Long[]::new);
        jdbc.sql("SELECT id FROM notification WHERE id = ANY (?) ORDER BY event_source, event_id FOR NO KEY UPDATE")
                .param(notifications)
                .query(Long.class)
                .list();
        Removed removed = Entries.remove(jdbc, entries);
        // The event's name stays known, so that it is not stored anew if it comes again.
        jdbc.sql("""
                        UPDATE notification n SET title = '', message = '', data = '{}'
                         WHERE id = ANY (?) AND NOT EXISTS (SELECT FROM inbox_entry e WHERE e.notification_id = n.id)
                        """).param(notifications).update();
        return new Step(removed.changes(), removed.entries() > 0 ? Progress.MORE : Progress.LATER);
    }

    /** @return whether there is no inbox any more */
    private boolean forget(long user) {
        jdbc.sql("DELETE FROM course_member WHERE user_id = ?").param(user).update();
        jdbc.sql("DELETE FROM message_template WHERE user_id = ?").param(user).update();
        jdbc.sql("""
                        DELETE FROM inbox WHERE user_id IN (
                            SELECT i.user_id FROM inbox i
                             WHERE i.user_id = ? AND NOT EXISTS (SELECT FROM inbox_entry e WHERE e.user_id = i.user_id)
                               FOR UPDATE SKIP LOCKED)
                        """).param(user).update();
        return jdbc.sql("SELECT count(*) FROM inbox WHERE user_id = ?")
                        .param(user)
                        .query(Long.class)
                        .single()
                == 0;
    }
}
