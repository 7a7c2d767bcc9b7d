package io.belfry.persister.pipeline;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * How long a record that fails alone is tried. Only time in which the process made progress with other records counts,
 * so an outage of any length makes no dead letter. Safe for use by many threads.
 */
public final class RetryBudgets {

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final Duration limit;
    private final LongSupplier nanoTime;
    private final AtomicLong progress = new AtomicLong();

    /** @param nanoTime as {@link System#nanoTime}: a wall clock jumps */
    public RetryBudgets(Duration limit, LongSupplier nanoTime) {
        this.limit = limit;
        this.nanoTime = nanoTime;
    }

    LongSupplier nanoTime() {
        return nanoTime;
    }

    /** Database and broker have taken some record. */
    void madeProgress() {
        progress.incrementAndGet();
    }

    /** Begins with a first failure. */
    Budget begin() {
        return new Budget();
    }

    /** Of one record. Not safe for use by more than one thread. */
    final class Budget {

        private Duration spent = Duration.ZERO;
        private Duration pause = FIRST_PAUSE;
        private long lastFailure = nanoTime.getAsLong();
        private long progressAtLastFailure = progress.get();

        /** Whether the pause after the last failure is over. */
        boolean isDue() {
            return nanoTime.getAsLong() - lastFailure >= pause.toNanos();
        }

        /** @param counts whether the time since the last failure is taken from the budget */
        void failedAgain(boolean counts) {
            long now = nanoTime.getAsLong();
            long progressNow = progress.get();
            if (counts && progressNow != progressAtLastFailure) {
                spent = spent.plusNanos(now - lastFailure);
            }
            lastFailure = now;
            progressAtLastFailure = progressNow;
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }

        boolean isExhausted() {
            return spent.compareTo(limit) >= 0;
        }
    }
}
