package io.belfry.persister.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What must hold in every database at every moment. */
public final class Truth {

    private Truth() {}

    /** Numbers without holes, one entry each, and counters that are what they count. */
    public static void assertInboxesAreExact(JdbcClient jdbc) {
        List<String> wrong = jdbc.sql("""
                        SELECT format('user %s: seq %s unread %s total %s, but %s numbers up to %s, %s unread, %s kept',
                                      i.user_id, i.seq, i.unread, i.total, c.numbers, c.highest, c.unread, c.total)
                          FROM inbox i
                          CROSS JOIN LATERAL (
                               SELECT (SELECT count(DISTINCT n) FROM (
                                           SELECT added_seq n FROM inbox_entry e WHERE e.user_id = i.user_id
                                           UNION ALL
                                           SELECT changed_seq FROM inbox_entry e WHERE e.user_id = i.user_id) x) AS numbers,
                                      coalesce(max(greatest(e.added_seq, e.changed_seq)), 0) AS highest,
                                      count(*) FILTER (WHERE e.read_at IS NULL AND e.deleted_at IS NULL) AS unread,
                                      count(*) FILTER (WHERE e.deleted_at IS NULL) AS total
                                 FROM inbox_entry e WHERE e.user_id = i.user_id) c
                         WHERE i.unread <> c.unread OR i.total <> c.total OR i.seq < c.highest OR c.numbers > i.seq
                        """).query(String.class).list();
        assertThat(wrong).isEmpty();
    }

    /** As {@link #assertInboxesAreExact}, where nothing but additions happened: every number is an entry's. */
    public static void assertEveryNumberIsAnEntry(JdbcClient jdbc) {
        assertInboxesAreExact(jdbc);
        assertThat(jdbc.sql("""
                                SELECT i.user_id FROM inbox i
                                 WHERE i.seq <> (SELECT count(*) FROM inbox_entry e WHERE e.user_id = i.user_id)
                                """).query(Long.class).list()).isEmpty();
    }
}
