package io.belfry.localstack.deadletters;

import java.util.concurrent.TimeUnit;

/** At most so many a second, evenly: what was missed while something took long is not caught up. Not thread-safe. */
final class Pace {

    private final long interval;
    private long next = System.nanoTime();

    /** @param perSecond at least 1 */
    Pace(int perSecond) {
        interval = TimeUnit.SECONDS.toNanos(1) / perSecond;
    }

    /** Returns when the next one may go. */
    void await() throws InterruptedException {
        for (long left = next - System.nanoTime(); left > 0; left = next - System.nanoTime()) {
            TimeUnit.NANOSECONDS.sleep(left);
        }
        next = System.nanoTime() + interval;
    }
}
