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

    public boolean passed() {
        return failures.isEmpty();
    }

    /** An outcome while the trial goes on; for one thread. */
    @SuppressWarnings("AnnotateFormatMethod") // the annotation is of a library that nothing else here needs
    public static final class Draft {

        private int times;
        private final List<String> measured = new ArrayList<>();
        private final List<String> failures = new ArrayList<>();
        private Duration recovery = Duration.ZERO;

        /** How often the fault is made. */
        public Draft times(int made) {
            times = made;
            return this;
        }

        public Draft recoveredIn(Duration time) {
            recovery = time.compareTo(recovery) > 0 ? time : recovery;
            return this;
        }

        public Draft recoveredIn(Duration time, Duration limit) {
            return inTime(limit, "recovered", time).recoveredIn(time);
        }

        public Draft measured(String format, Object... arguments) {
            measured.add(String.format(Locale.ROOT, format, arguments));
            return this;
        }

        /** Measures a time that has a limit. */
        public Draft within(Duration limit, String what, Duration time) {
            return measured("%s within %s", what, seconds(time)).inTime(limit, what, time);
        }

        /** Notes a failure if a time is over its limit. */
        public Draft inTime(Duration limit, String what, Duration time) {
            return check(time.compareTo(limit) <= 0, "%s after %s, over %d s", what, seconds(time), limit.toSeconds());
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
