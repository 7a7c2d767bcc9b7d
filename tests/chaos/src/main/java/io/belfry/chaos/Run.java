package io.belfry.chaos;

import io.belfry.chaos.harness.Arena;
import io.belfry.chaos.harness.Outcome;
import io.belfry.chaos.harness.Scale;
import io.belfry.chaos.harness.Trial;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** One run of trials and its report, which is printed once: at the end, or by another thread when it is interrupted. */
final class Run {

    private static final Path LOGS = Path.of("target", "operations");

    private final Scale scale;
    private final List<Trial> trials;
    private final PrintStream out;
    private final ZonedDateTime began = ZonedDateTime.now(ZoneOffset.UTC);
    private final long beganNanos = System.nanoTime();
    private final double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    private final Map<Trial, String> rows = new LinkedHashMap<>();
    private final List<String> failures = new ArrayList<>();
    private boolean reported;

    Run(Scale scale, List<Trial> trials, PrintStream out) {
        this.scale = scale;
        this.trials = trials;
        this.out = out;
    }

    /** Whether each promise is kept. */
    boolean all() {
        trials.forEach(this::one);
        return report();
    }

    private void one(Trial trial) {
        say(trial.promise() + ": " + trial.fault());
        long began = System.nanoTime();
        String row;
        String failure;
        try (Arena arena = trial.attempt().arena()) {
            Outcome outcome = outcome(trial, arena);
            row = outcome.row(trial);
            failure = String.join("\n    ", outcome.failures());
        } catch (RuntimeException | Error e) { // errors, too: of a system that did not come up, or of an assertion
            row = Outcome.row(trial, "came to no end", "FAIL");
            StringWriter trace = new StringWriter();
            e.printStackTrace(new PrintWriter(trace));
            failure = trace.toString();
        }
        note(trial, row, failure, Outcome.seconds(Arena.since(began)));
    }

    /** The log of what was sent is left behind, however it ends. */
    private Outcome outcome(Trial trial, Arena arena) {
        try {
            return trial.run(arena, scale);
        } finally {
            arena.log().writeTo(LOGS.resolve(trial.promise() + ".tsv"));
        }
    }

    private synchronized void note(Trial trial, String row, String failure, String took) {
        rows.put(trial, row);
        if (!failure.isEmpty()) {
            failures.add(trial.promise() + ": " + failure);
        }
        say("    " + (failure.isEmpty() ? "kept" : "NOT KEPT") + ", after " + took);
        say("    " + row);
    }

    private synchronized void say(String line) {
        // An interrupted trial fails in all kinds of ways, after the report.
        if (!reported) {
            out.println(line);
        }
    }

    /** Of what there is, unless it has been; whether each promise that was tried is kept. */
    synchronized boolean report() {
        say("\n" + machine() + "\n\n" + Outcome.TABLE);
        for (Trial trial : trials) {
            say(rows.getOrDefault(trial, Outcome.row(trial, "interrupted, or not begun", "not run")));
        }
        List<String> asked = trials.stream().map(Trial::promise).toList();
        String leftOut = Trials.all().stream()
                .map(Trial::promise)
                .filter(promise -> !asked.contains(promise))
                .collect(Collectors.joining(", "));
        say(leftOut.isEmpty() ? "" : "\nNot asked for: " + leftOut);
        failures.forEach(this::say);
        say("%d of %d trials run, %d promises not kept".formatted(rows.size(), trials.size(), failures.size()));
        reported = true;
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
                scale.factor(),
                began.format(DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)),
                Arena.since(beganNanos).toSeconds() / 60.0,
                system.getAvailableProcessors(),
                load,
                memory >> 30,
                system.getName(),
                system.getArch(),
                System.getProperty("java.runtime.version"));
    }
}
