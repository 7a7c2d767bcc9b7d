package io.belfry.chaos.harness;

import io.belfry.admin.AdminSettings;
import io.belfry.admin.command.AdminMain;
import io.belfry.localstack.system.ServiceKind;
import io.belfry.localstack.system.Stack;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;

/**
 * A command of {@code tools/admin}, as an operator gives it.
 *
 * @param exitCode 0 = done
 */
public record AdminRun(int exitCode, String output, Duration took) {

    public static AdminRun run(Stack stack, String... command) {
        long began = System.nanoTime();
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        int exitCode = AdminMain.run(
                "admin",
                AdminSettings.from(stack.settings(ServiceKind.PERSISTER)),
                Clock.systemUTC(),
                new PrintStream(output, true, StandardCharsets.UTF_8),
                System.err,
                command);
        return new AdminRun(exitCode, output.toString(StandardCharsets.UTF_8), Arena.since(began));
    }
}
