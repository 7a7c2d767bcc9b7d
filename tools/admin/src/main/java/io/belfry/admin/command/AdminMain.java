package io.belfry.admin.command;

import io.belfry.admin.AdminSettings;
import io.belfry.admin.CommandFailedException;
import io.belfry.admin.deadletters.DeadLettersCommand;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/**
 * The operator's program. Exit codes: 0 done, 1 failed or refused, 2 wrongly called; whatever is not 0 is said in one line on
 * the error output. Standard output has what the command has to say and nothing else.
 */
public final class AdminMain {

    @Command(
            name = "admin",
            description = "What an operator does by hand; the variables of the services say on which installation.",
            mixinStandardHelpOptions = true)
    private static final class Root {}

    private AdminMain() {}

    public static void main(String[] arguments) {
        PrintStream out = utf8(FileDescriptor.out);
        PrintStream errors = utf8(FileDescriptor.err);
        try {
            String calledAs = System.getProperty("belfry.called-as", "admin");
            AdminSettings settings = AdminSettings.from(System.getenv());
            System.exit(run(calledAs, settings, Clock.systemUTC(), out, errors, arguments));
        } catch (IllegalArgumentException e) {
            errors.println(e.getMessage());
            System.exit(2);
        }
    }

    /**
     * Runs one command and returns its exit code.
     *
     * @param calledAs the program's name in what is printed
     */
    public static int run(
            String calledAs,
            AdminSettings settings,
            Clock clock,
            PrintStream out,
            PrintStream errors,
            String... arguments) {
        CommandLine program = new CommandLine(new Root())
                .setCommandName(calledAs)
                .addSubcommand(new DeadLettersCommand(calledAs, settings, clock, out, errors))
                .addSubcommand(new NewEpochCommand(settings, out))
                .addSubcommand(new AuditCommand(settings, clock, out));
        program.setUsageHelpAutoWidth(true);
        program.setOut(new PrintWriter(out, true, StandardCharsets.UTF_8));
        program.setParameterExceptionHandler((wrong, words) -> wronglyCalled(wrong, errors));
        program.setExecutionExceptionHandler((failure, command, parsed) -> {
            if (failure instanceof TypeConversionException wrong) {
                errors.println(wrong.getMessage());
                return 2;
            }
            errors.println(line(failure, settings));
            return 1;
        });
        return program.execute(arguments);
    }

    private static int wronglyCalled(ParameterException wrong, PrintStream errors) {
        String name = wrong.getCommandLine().getCommandSpec().qualifiedName();
        errors.println(wrong.getMessage() + "; " + name + " --help says how it is called");
        return 2;
    }

    private static String line(Exception failure, AdminSettings settings) throws Exception {
        if (failure instanceof CommandFailedException) {
            return String.valueOf(failure.getMessage());
        }
        if (failure instanceof KafkaException) {
            // What the broker's certificate lacks, say, stands at the end.
            return "Kafka at " + settings.kafka() + ": "
                    + Stream.<Throwable>iterate(failure, Objects::nonNull, Throwable::getCause)
                            .map(Throwable::getMessage)
                            .distinct()
                            .collect(Collectors.joining(": "));
        }
        if (failure instanceof SQLException) {
            return "PostgreSQL at " + settings.databaseUrl() + ": " + failure.getMessage();
        }
        throw failure;
    }

    /** Whatever the locale: what stands in a topic must not become question marks. */
    private static PrintStream utf8(FileDescriptor terminal) {
        return new PrintStream(new FileOutputStream(terminal), true, StandardCharsets.UTF_8);
    }
}
