package io.belfry.persister.failure;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * How long one record has been failing alone. Only time in which others were served counts, so an outage of any length
 * sets nothing aside. Not safe for use by more than one thread.
 */
public final class Patience {

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final Duration limit;
    private final Served served;
    private final Clock clock;
    private Duration spent = Duration.ZERO;
    private Duration pause = FIRST_PAUSE;
    private Instant lastFailure;
    private long servedAtLastFailure;

    /** Begins with the first failure. */
    public Patience(Duration limit, Served served, Clock clock) {
        this.limit = limit;
        this.served = served;
        this.clock = clock;
        this.lastFailure = clock.instant();
        this.servedAtLastFailure = served.count();
    }

    public boolean isDue() {
        return !clock.instant().isBefore(lastFailure.plus(pause));
    }

    /** It failed once more. */
    public void failedAgain() {
        Instant now = clock.instant();
        long servedNow = served.count();
        if (servedNow != servedAtLastFailure) {
            spent = spent.plus(Duration.between(lastFailure, now));
        }
        lastFailure = now;
        servedAtLastFailure = servedNow;
        pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
    }

    /** Whether it has had its time. */
    public boolean isExhausted() {
        return spent.compareTo(limit) >= 0;
    }
}
