package io.belfry.persister.fanout;

import io.belfry.events.EventId;
import io.belfry.events.wire.PoisonCode;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What became of the sends that came by REST, in the rows where their senders look. The api names its events, so a
 * row's id is the event's.
 */
final class RestRequests {

    private final JdbcClient jdbc;

    RestRequests(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * It is set aside and will not be stored as it is.
     *
     * @param detail for the sender; names fields, never their values
     */
    void rejected(String id, PoisonCode code, String detail) {
        jdbc.sql("""
                        UPDATE notification_request SET status = 'rejected', error_code = ?, error_detail = ?
                         WHERE id = ? AND status IN ('pending', 'accepted')
                        """).params(code.wireName(), detail, id).update();
    }

    /**
     * Their last recipient has them; in the transaction that gave it to them. Events that were complete before are told
     * as well: after a backup was put back, a row may be younger than the event that it stands for.
     */
    static void stored(List<Stored> complete, Updates updates) {
        List<Stored> ours = complete.stream()
                .filter(stored -> isOurs(stored.request().eventId()))
                .toList();
        if (ours.isEmpty()) {
            return;
        }
        // One that was rejected and then replayed by an operator is stored all the same.
        updates.add(
                """
                UPDATE notification_request r
                   SET status = 'stored', recipients = s.recipients, notification_id = s.notification,
                       stored_at = clock_timestamp(), error_code = NULL, error_detail = NULL
                  FROM unnest(?::text[], ?::integer[], ?::bigint[]) AS s (id, recipients, notification)
                 WHERE r.id = s.id AND r.status <> 'stored'""",
                ours.stream().map(stored -> stored.request().eventId().id()).toArray(String[]::new),
                ours.stream().map(Stored::recipients).toArray(Integer[]::new),
                ours.stream().map(stored -> stored.row().content().id()).toArray(Long[]::new));
    }

    private static boolean isOurs(EventId id) {
        return id.source().equals(EventId.OF_API);
    }
}
