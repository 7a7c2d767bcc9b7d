package io.belfry.chaos;

import io.belfry.chaos.harness.Scale;
import io.belfry.chaos.harness.Trial;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs trials one after the other and prints one table of what came out. */
@Command(
        name = "./dev chaos",
        description = "Breaks things, one promise after the other, and counts what comes out.",
        footer = {
            "",
            "docs/promises.md says what each promise is.",
            "Ends with 0 when all are kept, 1 when one is not, 2 when it was called in a wrong way, 130 when it was"
                    + " interrupted."
        },
        mixinStandardHelpOptions = true)
public final class ChaosMain implements Callable<Integer> {

    /** What two cores do within about 15 minutes. */
    static final double DEFAULT_FACTOR = 0.05;

    /** As small as a trial means something. */
    private static final double QUICK_FACTOR = 0.01;

    /** A trial that hangs must not hang a build. */
    private static final int QUICK_MINUTES = 20;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before it calls
    private CommandSpec spec;

    @Option(
            names = "--factor",
            paramLabel = "<above 0, up to 1>",
            defaultValue = "" + DEFAULT_FACTOR,
            description = "loads, counts and times are the promised ones times this (${DEFAULT-VALUE})")
    private double factor;

    @Option(
            names = "--quick",
            description = "within minutes: the trials of promises that no other test tries as hard, at " + QUICK_FACTOR)
    private boolean quick;

    @Parameters(paramLabel = "<promise>", arity = "0..*", description = "such as P2; all trials without one")
    private List<String> promises = List.of();

    private ChaosMain() {}

    public static void main(String... arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new ChaosMain()).setUsageHelpAutoWidth(true);
    }

    @Override
    public Integer call() {
        Run run = new Run(scale(), trials(), System.out);
        // An interrupt ends the services by their guard; what was seen until then is shown all the same.
        Runtime.getRuntime().addShutdownHook(new Thread(run::report, "interrupted"));
        if (quick) {
            CompletableFuture.delayedExecutor(QUICK_MINUTES, TimeUnit.MINUTES).execute(() -> System.exit(1));
        }
        return run.all() ? 0 : 1;
    }

    /** @throws ParameterException if the factor is out of range */
    Scale scale() {
        try {
            return new Scale(quick ? QUICK_FACTOR : factor);
        } catch (IllegalArgumentException e) {
            throw wrong(String.valueOf(e.getMessage()));
        }
    }

    /**
     * What was asked for, by the number of the promise.
     *
     * @throws ParameterException if there is no trial of one of them
     */
    List<Trial> trials() {
        List<Trial> all = quick ? Trials.quick() : Trials.all();
        List<String> known = all.stream().map(Trial::promise).toList();
        List<String> wanted = promises.stream()
                .map(promise -> promise.toUpperCase(Locale.ROOT))
                .toList();
        if (!known.containsAll(wanted)) {
            throw wrong("no trial of each of " + String.join(", ", wanted) + "; there are " + String.join(", ", known));
        }
        return all.stream()
                .filter(trial -> wanted.isEmpty() || wanted.contains(trial.promise()))
                .toList();
    }

    private ParameterException wrong(String why) {
        return new ParameterException(spec.commandLine(), why);
    }
}
