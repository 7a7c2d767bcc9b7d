package io.belfry.persister.retention;

import io.belfry.events.NotificationType;
import io.belfry.persister.announce.Announcements;
import io.belfry.persister.metrics.PersisterMetrics;
import io.belfry.persister.retention.Entries.Entry;
import io.belfry.persister.retention.Entries.Removed;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Removes what is older than it is to be kept, oldest first, a batch at a time: entries from inboxes, which is announced as
 * any change of them, then contents that no inbox has any more, requests, and the audit log. All persisters together keep
 * one pace, by a row of the database. One thread calls {@link #run} again and again; how often does not matter.
 */
public final class Retention implements Runnable {

    /** A batch is followed by a pause of so many times what it took: less than 5 % of a core, wherever it was spent. */
    private static final int PAUSE_FACTOR = 30;

    /** A turn that was taken and not ended, by a process that died, is over then. */
    private static final Duration TURN = Duration.ofMinutes(1);

    private static final Duration WHEN_NOTHING_IS_LEFT = Duration.ofMinutes(10);
    private static final Duration AFTER_A_FAILURE = Duration.ofSeconds(5);

    /** How long inboxes may be locked for a batch; the next one has as many entries as that took last time. */
    private static final Duration LOCKED = Duration.ofMillis(3);

    private static final int FEWEST = 20;
    private static final int MOST = 200;

    private final RetentionPeriods periods;
    private final JdbcClient jdbc;
    private final Announcements announcements;
    private final PersisterMetrics metrics;
    private int batch = 100;
    private long notBefore = System.nanoTime();

    /** @param announcements its own */
    public Retention(RetentionPeriods periods, JdbcClient jdbc, Announcements announcements, PersisterMetrics metrics) {
        this.periods = periods;
        this.jdbc = jdbc;
        this.announcements = announcements;
        this.metrics = metrics;
    }

    /** Removes one batch, if it is time for one and it is this process's turn. */
    @Override
    public void run() {
        if (System.nanoTime() - notBefore < 0) {
            return;
        }
        wait(AFTER_A_FAILURE);
        announcements.sendAgain();
        if (!takeTurn()) {
            return;
        }
        long began = System.nanoTime();
        long removed = entries();
        removed += count("contents", contents());
        removed += count("requests", older("notification_request", "id", "created_at", periods.requests()));
        removed += count("audit", older("audit_log", "id", "at", periods.audit()));
        announcements.awaitAcknowledged();
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        endTurn(removed == 0 ? WHEN_NOTHING_IS_LEFT : took.multipliedBy(PAUSE_FACTOR));
    }

    private boolean takeTurn() {
        boolean taken = jdbc.sql("""
                        UPDATE retention_turn SET next_at = clock_timestamp() + make_interval(secs => ?)
                         WHERE next_at <= clock_timestamp()
                        """).param(TURN.toSeconds()).update() == 1;
        if (!taken) {
            double seconds = jdbc.sql("SELECT extract(epoch FROM next_at - clock_timestamp()) FROM retention_turn")
                    .query(Double.class)
                    .single();
            wait(Duration.ofMillis(Math.round(seconds * 1_000)));
        }
        return taken;
    }

    private void endTurn(Duration pause) {
        jdbc.sql("UPDATE retention_turn SET next_at = clock_timestamp() + make_interval(secs => ?)")
                .param(pause.toMillis() / 1_000.0)
                .update();
        wait(pause);
    }

    private void wait(Duration time) {
        notBefore = System.nanoTime() + time.toNanos();
    }

    /** @param storedAt when the notification was */
    private record Due(String type, OffsetDateTime storedAt, Entry entry) {}

    private long entries() {
        List<Map.Entry<NotificationType, Duration>> types =
                List.copyOf(periods.ofTypes().entrySet());
        List<Due> oldest = jdbc.sql("""
                        SELECT o.* FROM unnest(?::text[], ?::bigint[]) AS k (type, seconds)
                          LEFT JOIN retention_progress p ON p.notification_type = k.type,
                               LATERAL (
                            SELECT n.notification_type, n.created_at, n.id, e.user_id
                              FROM notification n JOIN inbox_entry e ON e.notification_id = n.id
                             WHERE n.notification_type = k.type AND n.created_at >= coalesce(p.cleared_until, '-infinity')
                               AND n.created_at < now() - make_interval(secs => k.seconds)
                             ORDER BY n.created_at LIMIT ?) o
                         ORDER BY o.created_at LIMIT ?
                        """)
                .param(types.stream().map(type -> type.getKey().wireName()).toArray(String[]::new))
                .param(types.stream().map(type -> type.getValue().toSeconds()).toArray(Long[]::new))
                .param(batch)
                .param(batch)
                .query((row, number) -> new Due(
                        row.getString(1),
                        row.getObject(2, OffsetDateTime.class),
                        new Entry(row.getLong(3), row.getLong(4))))
                .list();
        if (oldest.isEmpty()) {
            return 0;
        }
        long began = System.nanoTime();
        Removed removed = Entries.remove(jdbc, oldest.stream().map(Due::entry).toList());
        long took = Math.max(1, System.nanoTime() - began);
        removed.changes().forEach(change -> announcements.changed(change, null));
        if (removed.entries() == oldest.size()) {
            clearedUntil(oldest);
        }
        batch = (int) Math.max(FEWEST, Math.min(MOST, Math.min(2L * batch, batch * LOCKED.toNanos() / took)));
        return count("entries", removed.entries());
    }

    private void clearedUntil(List<Due> removed) {
        jdbc.sql("""
                        INSERT INTO retention_progress (notification_type, cleared_until)
                        SELECT type, max(at) FROM unnest(?::text[], ?::timestamptz[]) AS r (type, at) GROUP BY type
                        ON CONFLICT (notification_type) DO UPDATE SET cleared_until = excluded.cleared_until
                        """)
                .param(removed.stream().map(Due::type).toArray(String[]::new))
                .param(removed.stream().map(due -> due.storedAt().toString()).toArray(String[]::new))
                .update();
    }

    /** Of notifications that no inbox has any more; their events' names are known for as long as they may come again. */
    private long contents() {
        return jdbc.sql("""
                        DELETE FROM notification WHERE id IN (
                            SELECT o.id FROM retention_progress p, LATERAL (
                                SELECT n.id FROM notification n
                                 WHERE n.notification_type = p.notification_type
                                   AND n.created_at <= least(p.cleared_until, now() - make_interval(secs => ?))
                                   AND NOT EXISTS (SELECT FROM inbox_entry e WHERE e.notification_id = n.id)
                                 ORDER BY n.created_at LIMIT ? FOR UPDATE SKIP LOCKED) o)
                        """)
                .param(RetentionPeriods.NAMES.toSeconds())
                .param(batch)
                .update();
    }

    private long older(String table, String id, String time, @Nullable Duration kept) {
        if (kept == null) {
            return 0;
        }
        return jdbc.sql("""
                        DELETE FROM %1$s WHERE %2$s IN (
                            SELECT %2$s FROM %1$s WHERE %3$s < now() - make_interval(secs => ?)
                             ORDER BY %3$s LIMIT ? FOR UPDATE SKIP LOCKED)
                        """.formatted(table, id, time))
                .param(kept.toSeconds())
                .param(batch)
                .update();
    }

    private long count(String what, long removed) {
        metrics.removed(what, removed);
        return removed;
    }
}
