package io.belfry.api.sending;

import io.belfry.api.problem.Problem;
import io.belfry.api.problem.ProblemCode;
import io.belfry.api.sending.Submission.Sender;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * 30 new sends a minute, counted in the requests themselves: those accepted, and those under way, which would be one too
 * many if they were accepted as well. Each counts from when it was last claimed.
 */
final class SendLimit {

    private static final int SENDS = 30;

    private SendLimit() {}

    /**
     * Lets a new send by or not. The sender's sends are locked by then.
     *
     * @throws io.belfry.api.problem.ProblemException 429
     */
    static void requireRoom(JdbcClient sql, String scope) {
        Optional<Integer> secondsToWait = sql.sql("""
                        SELECT ceil(extract(epoch FROM claimed_at + interval '1 min' - clock_timestamp()))::int
                          FROM notification_request
                         WHERE caller = :caller AND claimed_at > clock_timestamp() - interval '1 min'
                           AND (status <> 'pending' OR claimed_at > clock_timestamp() - interval '10 s')
                         ORDER BY claimed_at DESC OFFSET :sends - 1 LIMIT 1
                        """)
                .param("caller", scope)
                .param("sends", SENDS)
                .query(Integer.class)
                .optional();
        if (secondsToWait.isPresent()) {
            throw Problem.of(ProblemCode.RATE_LIMITED, "At most " + SENDS + " sends a minute are accepted")
                    .retryAfter(Math.max(secondsToWait.get(), 1))
                    .asException();
        }
    }

    /**
     * One send of a limited sender at a time in this node. The database's own lock, which holds over all nodes, would be
     * enough for the limit; but a call that waits for that one has a connection, and a burst of one sender would have them all.
     */
    static final class Turns {

        /** Senders that share one wait for each other now and then, which costs a few milliseconds. */
        private static final int LOCKS = 256;

        private static final int MOST_SECONDS = 5;

        private final ReentrantLock[] locks =
                IntStream.range(0, LOCKS).mapToObj(i -> new ReentrantLock()).toArray(ReentrantLock[]::new);

        /** @throws io.belfry.api.problem.ProblemException 503 if it was not the sender's turn within 5 s */
        <T> T inTurn(Sender sender, Supplier<T> action) {
            ReentrantLock lock = locks[Math.floorMod(sender.scope().hashCode(), LOCKS)];
            try {
                if (!lock.tryLock(MOST_SECONDS, TimeUnit.SECONDS)) {
                    throw busy();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw busy();
            }
            try {
                return action.get();
            } finally {
                lock.unlock();
            }
        }

        private static RuntimeException busy() {
            return Problem.of(ProblemCode.UNAVAILABLE, "Too many of your sends are waiting")
                    .retryAfter(1)
                    .asException();
        }
    }
}
