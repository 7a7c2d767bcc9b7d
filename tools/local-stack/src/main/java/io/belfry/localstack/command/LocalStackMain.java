package io.belfry.localstack.command;

import io.belfry.localstack.process.ProcessFailedException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Runs one command of the script {@code dev}. Exit codes: 0 done, 1 failed with one line on the error output, 2 wrongly
 * called.
 */
@Command(name = "./dev", mixinStandardHelpOptions = true)
public final class LocalStackMain {

    private static final long STOPPED_WITHIN_SECONDS = 90;

    private final LocalSettings settings;

    private LocalStackMain(LocalSettings settings) {
        this.settings = settings;
    }

    public static void main(String[] arguments) {
        System.exit(run(System.getenv(), arguments));
    }

    private static int run(Map<String, String> environment, String... arguments) {
        try {
            CommandLine program = new CommandLine(new LocalStackMain(LocalSettings.from(environment)));
            program.setUsageHelpAutoWidth(true);
            program.setParameterExceptionHandler((wrong, words) -> {
                System.err.println(wrong.getMessage());
                wrong.getCommandLine().usage(System.err);
                return 2;
            });
            program.setExecutionExceptionHandler((failure, command, parsed) -> {
                if (failure instanceof ProcessFailedException) {
                    System.err.println(failure.getMessage());
                    return 1;
                } else if (failure instanceof InterruptedException) {
                    return 1;
                }
                throw failure;
            });
            return program.execute(arguments);
        } catch (ProcessFailedException wrongSetting) {
            System.err.println(wrongSetting.getMessage());
            return 1;
        }
    }

    @Command(description = "Starts everything and loads the demo school; Ctrl-C stops it.")
    int up(
            @Option(names = "--train", hidden = true, description = "has the next starts made quick meanwhile")
                    boolean train)
            throws InterruptedException {
        new Up(settings, train).run();
        return 0;
    }

    @Command(description = "Starts everything once, so that the next starts are quick: from JDK 25 on.", hidden = true)
    int train() throws InterruptedException {
        new Training(settings).run();
        return 0;
    }

    @Command(description = "Stops what up started.")
    int down() throws InterruptedException, ExecutionException {
        Optional<ProcessHandle> up = LocalFolder.holder(settings.folder());
        if (up.isEmpty()) {
            System.out.println("Nothing is up.");
            return 0;
        }
        up.get().destroy();
        try {
            up.get().onExit().get(STOPPED_WITHIN_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new ProcessFailedException(
                    "It does not stop; its process is " + up.get().pid(), e);
        }
        System.out.println("Stopped.");
        return 0;
    }

    @Command(description = "Prints an access token.", mixinStandardHelpOptions = true)
    int token(
            @Parameters(paramLabel = "<person>", description = "ines, omar, ana, bruno, chen or root") String person) {
        System.out.println(new DemoApi(settings).token(person));
        return 0;
    }

    @Command(description = "Prints every frame of a person's socket.", mixinStandardHelpOptions = true)
    int listen(@Parameters(paramLabel = "<person>") String person) throws InterruptedException {
        new Listen(settings, person, System.out, System.err).run();
        return 1;
    }

    @Command(description = "Sends to a course and follows it until it is stored.", mixinStandardHelpOptions = true)
    int send(
            @Option(
                            names = "--as",
                            paramLabel = "<person>",
                            defaultValue = "ines",
                            description = "who sends (${DEFAULT-VALUE})")
                    String person,
            @Option(
                            names = "--course",
                            paramLabel = "<id>",
                            defaultValue = "1",
                            description = "to whose students (${DEFAULT-VALUE})")
                    long course,
            @Parameters(paramLabel = "<title>") String title,
            @Parameters(paramLabel = "<message>") String message)
            throws InterruptedException {
        return new DemoApi(settings).send(person, course, title, message, System.out) ? 0 : 1;
    }
}
