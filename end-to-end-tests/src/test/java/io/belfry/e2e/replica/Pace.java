package io.belfry.e2e.replica;

import java.time.Duration;

/**
 * How long a client waits, with full jitter, before it dials or asks again.
 *
 * @param first the bound of the first wait; it doubles with every failure
 * @param last the highest bound
 * @param stable a socket that lived so long was a good one: the next waits begin small again
 */
public record Pace(Duration first, Duration last, Duration stable) {

    /** As the page does it. What is told of many clients together is true for this pace alone. */
    public static final Pace PAGE = new Pace(Duration.ofSeconds(1), Duration.ofSeconds(30), Duration.ofSeconds(30));

    /** For tests of a few clients, which are about the rule and not about when. */
    public static final Pace QUICK = new Pace(Duration.ofMillis(200), Duration.ofSeconds(2), Duration.ZERO);

    BackOff backOff() {
        return new BackOff(first, last);
    }
}
