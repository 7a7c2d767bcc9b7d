package io.belfry.chaos.harness;

import java.time.Duration;

/** By how much the loads and counts that a promise names are made smaller for the machine at hand: 1 = as promised. */
public record Scale(double factor) {

    public Scale {
        if (!(factor > 0 && factor <= 1)) {
            throw new IllegalArgumentException("the factor is above 0 and at most 1, not " + factor);
        }
    }

    /** @param least what it takes for the trial to mean anything */
    int count(int promised, int least) {
        return Math.max(least, (int) Math.round(promised * factor));
    }

    Duration time(Duration promised, Duration least) {
        Duration scaled = Duration.ofMillis(Math.round(promised.toMillis() * factor));
        return scaled.compareTo(least) < 0 ? least : scaled;
    }
}
