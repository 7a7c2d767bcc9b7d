package io.belfry.chaos;

import io.belfry.chaos.harness.Arena;
import io.belfry.chaos.harness.Trial;
import io.belfry.chaos.harness.TrialOutcome;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** One run of trials and its report, which is printed once: at the end, or by another thread when it is interrupted. */
public final class Run {

    private static final Path LOGS = Path.of("target", "operations");

    private final LoadProfile profile;
    private final PrintStream out;
    private final ZonedDateTime began = ZonedDateTime.now(ZoneOffset.UTC);
    private final long beganNanos = System.nanoTime();
    private final double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    private final Map<Trial, String> rows = new LinkedHashMap<>();
    private final List<String> failures = new ArrayList<>();
    private boolean reported;

    public Run(LoadProfile profile, PrintStream out) {
        this.profile = profile;
        this.out = out;
    }

    /** Whether each promise is kept. */
    public boolean all() {
        profile.trials().forEach(this::one);
        return report();
    }

    /** Reports what there is, unless it has been. */
    public void interrupted() {
        report();
    }

    private void one(Trial trial) {
        say(trial.promise() + ": " + trial.fault());
        long began = System.nanoTime();
        try (Arena arena = trial.arena()) {
            TrialOutcome outcome = outcome(trial, arena);
            note(
                    trial,
                    Table.row(trial, outcome),
                    outcome.passed() ? Optional.empty() : Optional.of(String.join("\n    ", outcome.failures())),
                    Arena.since(began));
        } catch (RuntimeException | Error e) { // errors, too: of a system that did not come up, or of an assertion
            note(trial, Table.row(trial, "came to no end", "FAIL"), Optional.of(stackTrace(e)), Arena.since(began));
        }
    }

    /** The log of what was sent is left behind, however it ends. */
    private TrialOutcome outcome(Trial trial, Arena arena) {
        try {
            return trial.run(arena, profile.scale());
        } finally {
            arena.log().writeTo(LOGS.resolve(trial.promise() + ".tsv"));
        }
    }

    private synchronized void note(Trial trial, String row, Optional<String> failure, Duration took) {
        rows.put(trial, row);
        failure.ifPresent(what -> failures.add(trial.promise() + ": " + what));
        say("    " + (failure.isEmpty() ? "kept" : "NOT KEPT") + ", after " + TrialOutcome.seconds(took));
        say("    " + row);
    }

    private synchronized void say(String line) {
        // An interrupted trial fails in all kinds of ways, after the report.
        if (!reported) {
            out.println(line);
        }
    }

    private synchronized boolean report() {
        if (!reported) {
            say("");
            say(machine());
            say("");
            say(Table.head());
            for (Trial trial : profile.trials()) {
                say(rows.getOrDefault(trial, Table.row(trial, "interrupted, or not begun", "not run")));
            }
            say("");
            List<Trial> leftOut = profile.leftOut(Trials.all());
            if (!leftOut.isEmpty()) {
                say("Not asked for: " + leftOut.stream().map(Trial::promise).collect(Collectors.joining(", ")));
            }
            failures.forEach(this::say);
            say("%d of %d trials run, %d promises not kept"
                    .formatted(rows.size(), profile.trials().size(), failures.size()));
            reported = true;
        }
        return failures.isEmpty();
    }

    /** Where and when it began, and how long it took. */
    private String machine() {
        OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
        long memory = system instanceof com.sun.management.OperatingSystemMXBean all ? all.getTotalMemorySize() : 0;
        return String.format(
                Locale.ROOT,
                "Loads and counts are the promised ones times %s. %s, %.1f minutes. Machine: %d cores, load average %.1f at the"
                        + " beginning, %d GiB, %s %s, JDK %s.",
                profile.scale().factor(),
                began.format(DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)),
                Arena.since(beganNanos).toSeconds() / 60.0,
                system.getAvailableProcessors(),
                load,
                memory >> 30,
                system.getName(),
                system.getArch(),
                System.getProperty("java.runtime.version"));
    }

    private static String stackTrace(Throwable failure) {
        StringBuilder text = new StringBuilder(failure.toString());
        for (StackTraceElement each : failure.getStackTrace()) {
            text.append("\n        at ").append(each);
        }
        return failure.getCause() == null
                ? text.toString()
                : text.append("\n    caused by ")
                        .append(stackTrace(failure.getCause()))
                        .toString();
    }
}
