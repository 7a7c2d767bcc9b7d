package io.belfry.chaos.load;

import java.time.Duration;
import java.util.Collection;

/** The second in which the most happened. */
public final class Busiest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private Busiest() {}

    /** How many of these fall into it. */
    public static int second(Collection<Long> moments) {
        return within(SECOND, moments);
    }

    /**
     * The most of these that fall into so long a time.
     *
     * @param moments in nanoseconds of one clock, in any order
     */
    public static int within(Duration time, Collection<Long> moments) {
        long[] sorted = moments.stream().mapToLong(Long::longValue).sorted().toArray();
        int most = 0;
        int first = 0;
        for (int i = 0; i < sorted.length; i++) {
            while (sorted[i] - sorted[first] >= time.toNanos()) {
                first++;
            }
            most = Math.max(most, i - first + 1);
        }
        return most;
    }
}
