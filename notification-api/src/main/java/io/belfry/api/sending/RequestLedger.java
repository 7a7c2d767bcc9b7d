package io.belfry.api.sending;

import io.belfry.api.access.AuditLog;
import io.belfry.api.problem.Problem;
import io.belfry.api.problem.ProblemCode;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Who may publish what: exactly one node at a time publishes a request, over any number of nodes, and a limited sender
 * gets exactly as many new ones as the limit says.
 *
 * <p>A request is pending until Kafka has acknowledged it. The node that claims it publishes it within 10 s; a claim that is
 * older, or was released, may be taken over, by a retry with the same key.
 */
@Component
final class RequestLedger {

    /** New sends of a limited sender. */
    private static final int MOST_A_MINUTE = 30;

    private final JdbcClient sql;
    private final AuditLog audit;
    private final SenderTurns turns = new SenderTurns();

    RequestLedger(JdbcClient sql, AuditLog audit) {
        this.sql = sql;
        this.audit = audit;
    }

    /**
     * Claims a request, new or given up, and commits that.
     *
     * @throws io.belfry.api.problem.ProblemException 409 while another call has it, 422 if its key belongs to another
     *     request, 429 over the limit
     */
    Claim claim(Submission submission) {
        String address = audit.address();
        Answer answer = submission.sender().limited()
                ? turns.inTurn(submission.sender(), () -> ask(submission, MOST_A_MINUTE, address))
                : ask(submission, null, address);
        return switch (answer.outcome()) {
            case "claimed" -> new Claim(answer.id(), answer.recipients(), false);
            case "accepted" -> new Claim(answer.id(), answer.recipients(), true);
            case "in_progress" ->
                throw Problem.of(ProblemCode.IN_PROGRESS, "Ask again in a second")
                        .retryAfter(1)
                        .asException();
            case "key_reused" ->
                throw Problem.of(ProblemCode.KEY_REUSED, "The first request with this Idempotency-Key was another one")
                        .asException();
            case "limited" ->
                throw Problem.of(ProblemCode.RATE_LIMITED, "At most " + MOST_A_MINUTE + " sends a minute are accepted")
                        .retryAfter(answer.waitS())
                        .asException();
            default -> throw new IllegalStateException("claim_request answers " + answer.outcome());
        };
    }

    /** What {@code claim_request} says. */
    private record Answer(String outcome, String id, int recipients, int waitS) {}

    private Answer ask(Submission submission, @Nullable Integer limit, String address) {
        IdempotencyKey key = submission.key();
        return sql.sql("""
                        SELECT outcome, id, recipients, wait_s
                          FROM claim_request(:id, :caller, CAST(:key AS text), :path, decode(:digest, 'hex'),
                                             CAST(:course AS bigint), :test, :recipients, :address, CAST(:limit AS integer))
                        """)
                .param("id", submission.requestId())
                .param("caller", submission.sender().scope())
                .param("key", key == null ? null : key.value())
                .param("path", submission.path())
                .param("digest", submission.digest().hex())
                .param("course", submission.course())
                .param("test", submission.isTest())
                .param("recipients", submission.recipients())
                .param("address", address)
                .param("limit", limit)
                .query(Answer.class)
                .single();
    }

    /** Both statements of a send, which change nothing: it may send none. */
    void rehearse(Submission submission) {
        accepted(ask(submission, 0, "").id());
    }

    /**
     * Kafka has it. The persister may have stored it already, which is further. Not waited for on the disk: what a crash
     * of the database takes back, the persister says again.
     */
    void accepted(String id) {
        sql.sql("""
                        UPDATE notification_request SET status = 'accepted', accepted_at = clock_timestamp()
                         WHERE id = :id AND status = 'pending'
                           AND set_config('synchronous_commit', 'off', true) = 'off'
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
