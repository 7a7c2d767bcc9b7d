package io.belfry.api.http;

import io.belfry.api.problem.Problem;
import io.belfry.api.problem.ProblemCode;
import java.util.concurrent.Semaphore;

/**
 * Bounds what all calls under way hold in memory, in bytes: the bodies that they have read, and the notifications that
 * they will answer with, until their clients have taken them. A call is on one thread.
 */
public final class CallMemory {

    private final Semaphore room;
    private final ThreadLocal<Integer> taken = ThreadLocal.withInitial(() -> 0);

    CallMemory(int bytes) {
        room = new Semaphore(bytes);
    }

    /**
     * Takes more for this thread's call.
     *
     * @throws io.belfry.api.problem.ProblemException 503 if others have it all
     */
    public void take(int bytes) {
        if (!room.tryAcquire(bytes)) {
            throw Problem.of(ProblemCode.UNAVAILABLE, "Too much is being read and answered")
                    .retryAfter(2)
                    .with("Connection", "close")
                    .asException();
        }
        taken.set(taken.get() + bytes);
    }

    /** Gives back all that this thread's call has taken. */
    void giveBack() {
        room.release(taken.get());
        taken.remove();
    }
}
