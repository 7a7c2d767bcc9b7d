package io.belfry.chaos;

import io.belfry.chaos.harness.Scale;
import java.util.List;
import java.util.concurrent.Callable;
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

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before it calls
    private CommandSpec spec;

    @Option(
            names = "--factor",
            paramLabel = "<above 0, up to 1>",
            defaultValue = "" + LoadProfile.DEFAULT_FACTOR,
            description = "loads, counts and times are the promised ones times this (${DEFAULT-VALUE})")
    private double factor;

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
        Run run = new Run(profile(), System.out);
        // An interrupt ends the services by their guard; what was seen until then is shown all the same.
        Runtime.getRuntime().addShutdownHook(new Thread(run::interrupted, "interrupted"));
        return run.all() ? 0 : 1;
    }

    /** @throws ParameterException if any of it is unknown or out of range */
    LoadProfile profile() {
        try {
            return LoadProfile.of(new Scale(factor), promises);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }
}
