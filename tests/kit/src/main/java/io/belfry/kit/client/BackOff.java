package io.belfry.kit.client;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Full jitter: each delay is drawn from zero to a bound that doubles up to a cap. Not for several threads. */
public final class BackOff {

    private final Duration base;
    private final Duration cap;
    private int attempts;

    public BackOff(Duration base, Duration cap) {
        this.base = base;
        this.cap = cap;
    }

    public long nextMillis() {
        long bound = Math.min(cap.toMillis(), base.toMillis() << Math.min(attempts, 20));
        attempts++;
        return ThreadLocalRandom.current().nextLong(bound + 1);
    }

    public void reset() {
        attempts = 0;
    }
}
