package io.belfry.chaos.load;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/** How many records a second were to be sent, and were, each recipient counted. Safe for use by many threads. */
public final class LoadRate {

    /** As good as kept: the last of the load is cut anywhere. */
    private static final double KEPT = 0.99;

    private final int wanted;
    private final long began = System.nanoTime();
    private final AtomicLong sent = new AtomicLong();
    private volatile long ended;

    /** Begins now. */
    public LoadRate(int wanted) {
        this.wanted = wanted;
    }

    public void sent(int records) {
        sent.addAndGet(records);
    }

    public void end() {
        ended = System.nanoTime();
    }

    /** In words, of the whole time from begin to end, faults included. */
    @Override
    public String toString() {
        Duration time = Duration.ofNanos((ended == 0 ? System.nanoTime() : ended) - began);
        double reached = sent.get() / (time.toNanos() / 1e9);
        return reached >= KEPT * wanted
                ? String.format(Locale.ROOT, "%,d a second", wanted)
                : String.format(Locale.ROOT, "%,.0f a second where %,d were due", reached, wanted);
    }
}
