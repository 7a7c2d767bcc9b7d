package io.belfry.localstack.command;

import io.belfry.localstack.process.ProcessFailedException;
import io.belfry.localstack.system.Checkout;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Begins another history of all inboxes, by the persister's own command, beside the running stack. */
final class NewEpoch {

    private final LocalSettings settings;

    NewEpoch(LocalSettings settings) {
        this.settings = settings;
    }

    /** @param arguments the command's own */
    int run(List<String> arguments) throws InterruptedException {
        if (LocalFolder.holder(settings.folder()).isEmpty()) {
            throw new ProcessFailedException("Nothing is up: PostgreSQL and Kafka are needed. ./dev up starts them.");
        }
        Path jar = Checkout.current().root().resolve("notification-persister/target/notification-persister.jar");
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", jar.toString()));
        command.add("new-epoch");
        // No backup of a local stack is put back while it is up, and its persister always runs.
        command.add("--running");
        command.addAll(arguments);
        ProcessBuilder process = new ProcessBuilder(command).inheritIO();
        process.environment()
                .putAll(Map.of(
                        "BELFRY_DATABASE_URL",
                        "jdbc:postgresql://127.0.0.1:" + settings.port(LocalSettings.POSTGRES_PORT) + "/belfry",
                        "BELFRY_KAFKA_BOOTSTRAP",
                        "127.0.0.1:" + settings.port(LocalSettings.KAFKA_PORT)));
        try {
            return process.start().waitFor();
        } catch (IOException e) {
            throw new ProcessFailedException("the command cannot be started: " + e.getMessage(), e);
        }
    }
}
