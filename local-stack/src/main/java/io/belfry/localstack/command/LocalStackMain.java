package io.belfry.localstack.command;

import io.belfry.localstack.process.ProcessFailedException;
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
}
