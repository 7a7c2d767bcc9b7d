package io.belfry.api.http;

import io.belfry.api.problem.Problem;
import io.belfry.api.problem.ProblemCode;
import java.io.IOException;
import java.util.concurrent.Semaphore;

/** Answers that are written while they are read, a few at a time: each has a thread for as long as its client reads. */
public final class LongAnswers {

    private static final int SIDE_BY_SIDE = 4;

    private final Semaphore room = new Semaphore(SIDE_BY_SIDE);

    /** Writes an answer. */
    @FunctionalInterface
    public interface Answer {
        void write() throws IOException;
    }

    /** @throws io.belfry.api.problem.ProblemException 503 while four others are written */
    public void write(Answer answer) throws IOException {
        if (!room.tryAcquire()) {
            throw Problem.of(ProblemCode.UNAVAILABLE, "Too many are exporting at this moment")
                    .retryAfter(10)
                    .asException();
        }
        try {
            answer.write();
        } finally {
            room.release();
        }
    }
}
