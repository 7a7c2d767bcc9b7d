package io.belfry.chaos.harness;

import io.belfry.chaos.harness.Comparison.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What comes out of a trial, noted while it goes on. For one thread. */
@SuppressWarnings("AnnotateFormatMethod") // the annotation is of a library that nothing else here needs
public final class Outcome {

    /** The table of a run, in Markdown: its first lines. */
    public static final String TABLE = """
            | promise | fault | how often | attempted | lost | duplicated | out of order | time to recover | measured | |
            |---|---|--:|--:|--:|--:|--:|--:|---|---|""";

    private final List<String> measured = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private int times;
    private Duration recovery = Duration.ZERO;
    private Comparison compared = new Comparison();

    /** How often the fault is made. */
    public Outcome times(int made) {
        times = made;
        return this;
    }

    /** The longest time counts, from the end of a fault (or its start, where nothing has to heal) to normal work. */
    public Outcome recoveredIn(Duration time) {
        recovery = longest(recovery, time);
        return this;
    }

    public Outcome recoveredIn(Duration time, Duration limit) {
        return inTime(limit, "recovered", time).recoveredIn(time);
    }

    /** Notes what the promise names beside the counts, in words. */
    public Outcome measured(String format, Object... arguments) {
        measured.add(String.format(Locale.ROOT, format, arguments));
        return this;
    }

    /** Measures a time that has a limit. */
    public Outcome within(Duration limit, String what, Duration time) {
        return measured("%s within %s", what, seconds(time)).inTime(limit, what, time);
    }

    /** Notes a failure if a time is over its limit. */
    public Outcome inTime(Duration limit, String what, Duration time) {
        return check(time.compareTo(limit) <= 0, "%s after %s, over %d s", what, seconds(time), limit.toSeconds());
    }

    /** Notes a failure unless it is so. */
    public Outcome check(boolean so, String otherwise, Object... arguments) {
        if (!so) {
            failures.add(String.format(Locale.ROOT, otherwise, arguments));
        }
        return this;
    }

    Outcome compared(Comparison all) {
        compared = all;
        failures.addAll(all.failures());
        return this;
    }

    /** Why the promise is not kept; empty = it is. */
    public List<String> failures() {
        return List.copyOf(failures);
    }

    /** Of the table of a run. */
    public String row(Trial trial) {
        return row(
                trial,
                number(times),
                number(compared.attempted()),
                number(compared.count(Kind.LOST)),
                number(compared.count(Kind.DUPLICATED)),
                number(compared.count(Kind.OUT_OF_ORDER)),
                recovery.isZero() ? "" : seconds(recovery),
                String.join("; ", measured),
                failures.isEmpty() ? "pass" : "FAIL");
    }

    /** Of a trial without an outcome. */
    public static String row(Trial trial, String why, String result) {
        return row(trial, "", "", "", "", "", "", why, result);
    }

    private static String row(Trial trial, String... cells) {
        return "| %s | %s | %s |".formatted(trial.promise(), trial.fault(), String.join(" | ", cells));
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    public static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
    }

    public static Duration longest(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
