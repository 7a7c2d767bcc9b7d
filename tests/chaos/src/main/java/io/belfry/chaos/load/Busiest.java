package io.belfry.chaos.load;

import java.time.Duration;
import java.util.Collection;

/** The second in which the most happened. */
public final class Busiest {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private Busiest() {}

    /**
     * How many of these fall into it.
     *
     * @param moments in nanoseconds of one clock, in any order
     */
    public static int second(Collection<Long> moments) {
        long[] sorted = moments.stream().mapToLong(Long::longValue).sorted().toArray();
        int most = 0;
        int first = 0;
        for (int i = 0; i < sorted.length; i++) {
            while (sorted[i] - sorted[first] >= SECOND) {
                first++;
            }
            most = Math.max(most, i - first + 1);
        }
        return most;
    }
}
