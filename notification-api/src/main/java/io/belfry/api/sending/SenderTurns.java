package io.belfry.api.sending;

import io.belfry.api.problem.Problem;
import io.belfry.api.problem.ProblemCode;
import io.belfry.api.sending.Submission.Sender;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * One send of a limited sender at a time in this node. The database's own lock, which holds over all nodes, would be
 * enough for the limit; but a call that waits for that one has a connection, and a burst of one sender would have them
 * all. Safe for use by many threads.
 */
final class SenderTurns {

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
