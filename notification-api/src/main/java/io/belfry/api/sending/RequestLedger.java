package io.belfry.api.sending;

import io.belfry.api.access.AuditLog;
import io.belfry.api.problem.Problem;
import io.belfry.api.problem.ProblemCode;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Who may publish what: exactly one node at a time publishes a request, over any number of nodes, and a limited sender
 * gets exactly as many new ones as the limit says.
 *
 * <p>A request is pending until Kafka has acknowledged it. The node that claims it publishes it within 10 s; a claim that is
 * older, or was released, may be taken over, by a retry with the same key.
 */
@Component
final class RequestLedger {

    private final JdbcClient sql;
    private final TransactionTemplate transaction;
    private final AuditLog audit;
    private final SendLimit.Turns turns = new SendLimit.Turns();

    RequestLedger(JdbcClient sql, TransactionTemplate transaction, AuditLog audit) {
        this.sql = sql;
        this.transaction = transaction;
        this.audit = audit;
    }

    /**
     * Claims a request, new or given up, and commits that.
     *
     * @throws io.belfry.api.problem.ProblemException 409 while another call has it, 422 if its key belongs to another
     *     request, 429 over the limit
     */
    Claim claim(Submission submission) {
        return submission.sender().limited()
                ? turns.inTurn(submission.sender(), () -> transaction.execute(status -> claimLocked(submission)))
                : claimAtOnce(submission);
    }

    /** Nothing is counted, and each statement is a step that holds by itself. */
    private Claim claimAtOnce(Submission submission) {
        String id = submission.requestId();
        return insert(id, submission)
                ? new Claim(id, submission.recipients(), false)
                : again(earlier(submission).orElseThrow(), submission);
    }

    private Claim claimLocked(Submission submission) {
        // One send of a limited sender at a time: what the limit counts cannot change between count and claim.
        sql.sql("SELECT pg_advisory_xact_lock(hashtextextended('belfry sends of ' || ?, 0))")
                .param(submission.sender().scope())
                .query(row -> {});
        Optional<Earlier> earlier = earlier(submission);
        if (earlier.isEmpty()) {
            requireRoom(submission);
            String id = submission.requestId();
            if (insert(id, submission)) {
                return new Claim(id, submission.recipients(), false);
            }
            // Another call with this key was quicker; now that it has committed, it can be seen.
            earlier = earlier(submission);
        }
        return again(earlier.orElseThrow(), submission);
    }

    /** The statements around a claim. They change nothing if there is no such submission. */
    void rehearse(Submission submission) {
        transaction.executeWithoutResult(status -> {
            requireRoom(submission);
            var unused = earlier(submission);
        });
        accepted(submission.requestId());
    }

    private Claim again(Earlier earlier, Submission submission) {
        if (!earlier.path().equals(submission.path())
                || !earlier.digest().equals(submission.digest().hex())) {
            throw Problem.of(ProblemCode.KEY_REUSED, "The first request with this Idempotency-Key was another one")
                    .asException();
        }
        if (!earlier.pending()) {
            return new Claim(earlier.id(), earlier.acceptedRecipients(), true);
        }
        if (earlier.claimed()) {
            throw inProgress();
        }
        requireRoom(submission);
        if (!takeOver(earlier.id())) {
            throw inProgress();
        }
        return new Claim(earlier.id(), earlier.acceptedRecipients(), false);
    }

    private static RuntimeException inProgress() {
        return Problem.of(ProblemCode.IN_PROGRESS, "Ask again in a second")
                .retryAfter(1)
                .asException();
    }

    private record Earlier(
            String id, String path, String digest, int acceptedRecipients, boolean pending, boolean claimed) {}

    private Optional<Earlier> earlier(Submission submission) {
        IdempotencyKey key = submission.key();
        if (key == null) {
            return Optional.empty();
        }
        return sql.sql("""
                        SELECT id, path, encode(body_hash, 'hex') AS digest, accepted_recipients, status = 'pending' AS pending,
                               coalesce(claimed_at > clock_timestamp() - interval '10 s', false) AS claimed
                          FROM notification_request
                         WHERE caller = :caller AND idempotency_key = :key
                        """)
                .param("caller", submission.sender().scope())
                .param("key", key.value())
                .query(Earlier.class)
                .optional();
    }

    private void requireRoom(Submission submission) {
        if (submission.sender().limited()) {
            SendLimit.requireRoom(sql, submission.sender().scope());
        }
    }

    /** On whichever index another call was quicker: the same key gives the same id. */
    private boolean insert(String id, Submission submission) {
        IdempotencyKey key = submission.key();
        return sql.sql("""
                                WITH request AS (
                                    INSERT INTO notification_request (id, caller, idempotency_key, path, body_hash, course_id,
                                                                      test, recipients, accepted_recipients)
                                    VALUES (:id, :caller, CAST(:key AS text), :path, decode(:digest, 'hex'),
                                            CAST(:course AS bigint), :test, :recipients, :recipients)
                                    ON CONFLICT DO NOTHING RETURNING id, caller, course_id, test)
                                INSERT INTO audit_log (actor, action, object, address)
                                SELECT caller, 'send', concat('request:' || id, ' course:' || course_id, CASE WHEN test THEN ' test' END),
                                       :address
                                  FROM request
                                """)
                        .param("id", id)
                        .param("caller", submission.sender().scope())
                        .param("key", key == null ? null : key.value())
                        .param("path", submission.path())
                        .param("digest", submission.digest().hex())
                        .param("course", submission.course())
                        .param("test", submission.isTest())
                        .param("recipients", submission.recipients())
                        .param("address", audit.address())
                        .update()
                == 1;
    }

    private boolean takeOver(String id) {
        return sql.sql("""
                                UPDATE notification_request SET claimed_at = clock_timestamp()
                                 WHERE id = :id AND status = 'pending'
                                   AND coalesce(claimed_at <= clock_timestamp() - interval '10 s', true)
                                """).param("id", id).update() == 1;
    }

    /** Kafka has it. The persister may have stored it already, which is further. */
    void accepted(String id) {
        sql.sql("""
                        UPDATE notification_request SET status = 'accepted', accepted_at = clock_timestamp()
                         WHERE id = :id AND status = 'pending'
                        """).param("id", id).update();
    }

    /** No node publishes it any more: a retry may at once, and it does not count for the limit. */
    void release(String id) {
        sql.sql("UPDATE notification_request SET claimed_at = NULL WHERE id = :id AND status = 'pending'")
                .param("id", id)
                .update();
    }

    /**
     * The right to publish a request, or the word that it was accepted before.
     *
     * @param requestId the event's id
     * @param recipients what the first answer says
     * @param replay nothing is to be published: the first answer is given again
     */
    record Claim(String requestId, int recipients, boolean replay) {}
}
