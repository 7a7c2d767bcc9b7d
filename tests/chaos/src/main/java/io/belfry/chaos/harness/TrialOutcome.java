package io.belfry.chaos.harness;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What came out of a trial.
 *
 * @param times how often the fault was made
 * @param recovery the longest time from the end of a fault (or its start, where nothing has to heal) to normal work
 * @param measured what the promise names beside the counts, in words
 * @param failures why it is not kept; empty = it is
 */
public record TrialOutcome(
        int times, Comparison compared, Duration recovery, List<String> measured, List<String> failures) {

    public static Draft of(int times) {
        return new Draft(times);
    }

    public boolean passed() {
        return failures.isEmpty();
    }

    /** An outcome while the trial goes on; for one thread. */
    @SuppressWarnings("AnnotateFormatMethod") // the annotation is of a library that nothing else here needs
    public static final class Draft {

        private final int times;
        private final List<String> measured = new ArrayList<>();
        private final List<String> failures = new ArrayList<>();
        private Duration recovery = Duration.ZERO;

        private Draft(int times) {
            this.times = times;
        }

        public Draft recoveredIn(Duration time) {
            recovery = time.compareTo(recovery) > 0 ? time : recovery;
            return this;
        }

        public Draft recoveredIn(Duration time, Duration limit) {
            check(time.compareTo(limit) <= 0, "%s to recover, over %d s", seconds(time), limit.toSeconds());
            return recoveredIn(time);
        }

        public Draft measured(String format, Object... arguments) {
            measured.add(String.format(Locale.ROOT, format, arguments));
            return this;
        }

        /** Notes a failure unless it is so. */
        public Draft check(boolean so, String otherwise, Object... arguments) {
            if (!so) {
                failures.add(String.format(Locale.ROOT, otherwise, arguments));
            }
            return this;
        }

        public TrialOutcome compared(Comparison compared) {
            failures.addAll(compared.failures());
            return new TrialOutcome(times, compared, recovery, List.copyOf(measured), List.copyOf(failures));
        }
    }

    public static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
    }
}
