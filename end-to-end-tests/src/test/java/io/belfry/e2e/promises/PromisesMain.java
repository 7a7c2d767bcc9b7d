package io.belfry.e2e.promises;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The long forms, one after the other: {@code [--factor f] [promise…]}. Prints one table and ends with 1 if a promise is not
 * kept.
 */
public final class PromisesMain {

    /** What two cores do within about 7 minutes. */
    private static final double DEFAULT_FACTOR = 0.05;

    private final PrintStream out = System.out;
    private final Scale scale;
    private final List<Trial> trials;

    private PromisesMain(Scale scale, List<Trial> trials) {
        this.scale = scale;
        this.trials = trials;
    }

    public static void main(String... arguments) {
        Scale scale = new Scale(DEFAULT_FACTOR);
        List<String> wanted = new ArrayList<>();
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i].equals("--factor") && i + 1 < arguments.length) {
                scale = new Scale(Double.parseDouble(arguments[++i]));
            } else {
                wanted.add(arguments[i].toUpperCase(Locale.ROOT));
            }
        }
        List<Trial> trials = Trials.all().stream()
                .filter(trial -> wanted.isEmpty()
                        || List.of(trial.promise().split(", ")).stream().anyMatch(wanted::contains))
                .toList();
        if (trials.isEmpty()) {
            System.err.println("no trial of " + wanted + "; there are "
                    + Trials.all().stream().map(Trial::promise).toList());
            System.exit(2);
        }
        System.exit(new PromisesMain(scale, trials).run() ? 0 : 1);
    }

    private boolean run() {
        List<String> rows = new ArrayList<>();
        List<String> failures = new ArrayList<>();
        long began = System.nanoTime();
        for (Trial trial : trials) {
            rows.add(row(trial, failures));
        }
        out.println();
        out.println(Table.machine(scale));
        out.println();
        out.println(Table.head());
        rows.forEach(out::println);
        out.println();
        failures.forEach(out::println);
        out.printf("%d promises not kept, after %s%n", failures.size(), Outcome.seconds(Arena.since(began)));
        return failures.isEmpty();
    }

    private String row(Trial trial, List<String> failures) {
        out.println(trial.promise() + ": " + trial.fault());
        long began = System.nanoTime();
        String row;
        try (Arena arena = trial.arena()) {
            Outcome outcome = trial.run(arena, scale);
            row = Table.row(trial, outcome);
            if (!outcome.passed()) {
                failures.add(trial.promise() + ": " + String.join("\n    ", outcome.failures()));
            }
        } catch (RuntimeException | AssertionError e) {
            row = Table.row(trial);
            failures.add(trial.promise() + ": " + e);
            e.printStackTrace(out);
        }
        Duration took = Arena.since(began);
        out.println("    " + (row.contains("FAIL") ? "NOT KEPT" : "kept") + ", after " + Outcome.seconds(took));
        out.println("    " + row);
        return row;
    }
}
