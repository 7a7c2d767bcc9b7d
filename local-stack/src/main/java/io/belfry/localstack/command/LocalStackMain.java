package io.belfry.localstack.command;

import io.belfry.events.Topics;
import io.belfry.localstack.deadletters.DeadLetterTool;
import io.belfry.localstack.process.ProcessFailedException;
import io.belfry.runtime.settings.Variables;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** Runs one command of the script {@code dev}. Exit codes: 0 done, 1 failed with one line on the error output, 2 wrongly called. */
public final class LocalStackMain {

    private LocalStackMain() {}

    public static void main(String[] arguments) {
        List<String> all = List.of(arguments);
        String command = all.isEmpty() ? "" : all.get(0);
        System.exit(run(command, all.subList(Math.min(1, all.size()), all.size()), System.getenv()));
    }

    private static int run(String command, List<String> arguments, Map<String, String> environment) {
        try {
            LocalSettings settings = LocalSettings.from(environment);
            return switch (command) {
                case "up" -> new Up(settings).run();
                case "down" -> new Down(settings).run();
                case "token" -> new Token(settings).run(arguments);
                case "send" -> new Send(settings).run(arguments);
                case "dead-letters" -> deadLetters(settings, environment).run(arguments);
                case "new-epoch" -> new NewEpoch(settings).run(arguments);
                case "listen" -> new Listen(settings, System.out, System.err).run(arguments);
                default -> throw new UsageException("unknown command: " + command);
            };
        } catch (UsageException e) {
            System.err.println(e.getMessage());
            return 2;
        } catch (ProcessFailedException e) {
            System.err.println(e.getMessage());
            return 1;
        } catch (InterruptedException e) {
            return 1;
        }
    }

    /** On the broker that services of this environment would use, by default that of this machine's stack. */
    private static DeadLetterTool deadLetters(LocalSettings settings, Map<String, String> environment) {
        Variables variables = new Variables(environment);
        return new DeadLetterTool(
                variables.text("BELFRY_KAFKA_BOOTSTRAP", "127.0.0.1:" + settings.port(LocalSettings.KAFKA_PORT)),
                new Topics(variables.text("BELFRY_KAFKA_TOPIC_PREFIX", "")),
                Clock.systemUTC(),
                utf8(FileDescriptor.out),
                utf8(FileDescriptor.err));
    }

    /** Whatever the locale: what stands in a topic must not become question marks. */
    private static PrintStream utf8(FileDescriptor terminal) {
        return new PrintStream(new FileOutputStream(terminal), true, StandardCharsets.UTF_8);
    }
}
