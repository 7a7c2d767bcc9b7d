package io.belfry.chaos.harness;

import io.belfry.admin.AdminSettings;
import io.belfry.admin.command.AdminMain;
import io.belfry.localstack.system.ServiceKind;
import io.belfry.localstack.system.Stack;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * The command that ends a restore, as an operator gives it.
 *
 * @param exitCode 0 = done
 * @param lines of its standard output
 */
public record AdminRun(int exitCode, List<String> lines) {

    public static AdminRun run(Stack stack, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of("new-epoch"));
        command.addAll(arguments);
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        int exitCode = AdminMain.run(
                "admin",
                AdminSettings.from(stack.settings(ServiceKind.PERSISTER)),
                Clock.systemUTC(),
                new PrintStream(output, true, StandardCharsets.UTF_8),
                System.err,
                command.toArray(String[]::new));
        return new AdminRun(
                exitCode, output.toString(StandardCharsets.UTF_8).lines().toList());
    }
}
