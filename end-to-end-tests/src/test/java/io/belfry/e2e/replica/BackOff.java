package io.belfry.e2e.replica;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Full jitter: each delay is drawn from zero to a bound that doubles up to a cap. Not for several threads. */
final class BackOff {

    private final Duration base;
    private final Duration cap;
    private int attempts;

    BackOff(Duration base, Duration cap) {
        this.base = base;
        this.cap = cap;
    }

    long nextMillis() {
        long bound = Math.min(cap.toMillis(), base.toMillis() << Math.min(attempts, 20));
        attempts++;
        return ThreadLocalRandom.current().nextLong(bound + 1);
    }

    void reset() {
        attempts = 0;
    }
}
