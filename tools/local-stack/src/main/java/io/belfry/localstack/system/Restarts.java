package io.belfry.localstack.system;

import java.time.Duration;

/** When a process that keeps ending may be started again: at once after a long life, ever later after short ones. Not thread-safe. */
final class Restarts {

    static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private static final Duration LONG_LIFE = Duration.ofSeconds(60);

    private long startedAt;
    private long notBefore;
    private int shortLives;
    private boolean endSeen;

    /** @param now the clock, in nanoseconds, as in every other method */
    Restarts(long now) {
        startedAt = now;
        notBefore = now;
    }

    /** Asked as long as the process does not run. */
    boolean mayStart(long now) {
        if (!endSeen) {
            endSeen = true;
            if (now - startedAt >= LONG_LIFE.toNanos()) {
                shortLives = 0;
            }
            notBefore = now + waitAfter(shortLives).toNanos();
            shortLives++;
        }
        return now - notBefore >= 0;
    }

    void started(long now) {
        startedAt = now;
        endSeen = false;
    }

    /** An attempt failed; returns how long to wait before the next. */
    Duration failed(long now) {
        Duration wait = waitAfter(shortLives);
        shortLives++;
        notBefore = now + wait.toNanos();
        return wait;
    }

    /** 0, 1, 2, 4 … seconds. */
    private static Duration waitAfter(int shortLives) {
        if (shortLives == 0) {
            return Duration.ZERO;
        }
        Duration doubled = Duration.ofSeconds(1L << Math.min(shortLives - 1, 10));
        return doubled.compareTo(LONGEST_WAIT) < 0 ? doubled : LONGEST_WAIT;
    }
}
