package io.belfry.kit.client;

import java.time.Duration;

/**
 * How long a client waits, with full jitter, before it dials or asks again.
 *
 * @param first the bound of the first wait; it doubles with every failure
 * @param last the highest bound
 * @param stable a socket that lived so long was a good one: the next waits begin small again
 */
public record ReconnectPace(Duration first, Duration last, Duration stable) {

    /** As the page does it. What is told of many clients together is true for this pace alone. */
    public static final ReconnectPace PAGE =
            new ReconnectPace(Duration.ofSeconds(1), Duration.ofSeconds(30), Duration.ofSeconds(30));

    /** For tests of a few clients, which are about the rule and not about when. */
    public static final ReconnectPace QUICK =
            new ReconnectPace(Duration.ofMillis(200), Duration.ofSeconds(2), Duration.ZERO);

    public BackOff backOff() {
        return new BackOff(first, last);
    }
}
