package io.belfry.e2e.system;

import io.belfry.localstack.system.Checkout;
import io.belfry.localstack.system.ServiceKind;
import io.belfry.localstack.system.Stack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The command that ends a restore, as an operator gives it.
 *
 * @param exitCode 0 = done
 * @param lines of its standard output
 */
public record NewEpoch(int exitCode, List<String> lines) {

    static NewEpoch run(Stack stack, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                Checkout.current()
                        .root()
                        .resolve("notification-persister/target/notification-persister.jar")
                        .toString(),
                "new-epoch"));
        command.addAll(arguments);
        ProcessBuilder process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        process.environment().putAll(stack.settings(ServiceKind.PERSISTER));
        try {
            Process running = process.start();
            String output = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new NewEpoch(running.waitFor(), output.lines().toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
