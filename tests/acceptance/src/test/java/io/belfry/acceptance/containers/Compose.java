package io.belfry.acceptance.containers;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.belfry.kit.contract.Repository;
import io.belfry.localstack.process.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A composition with ports, images and volumes of its own, made of an {@code .env} as an operator writes it. For any thread. */
final class Compose implements AutoCloseable {

    static final String SECRET = "a-secret-of-the-container-trial-0123456789";
    static final String DATABASE_PASSWORD = "f3a9c1";
    private static final String NGINX = "172.30.90.200";
    private static final String SOCKETS = "/ws/notifications/";

    final int kafkaPort = Ports.free();
    final int databasePort = Ports.free();
    private final int httpPort = Ports.free();
    private final Map<String, String> environment;

    /** Nothing of it runs yet. */
    Compose(Path folder) throws IOException {
        Map<String, Object> settings = Map.of(
                "BELFRY_DATABASE_PASSWORD",
                DATABASE_PASSWORD,
                "BELFRY_REDIS_PASSWORD",
                "0d8b2e",
                "BELFRY_JWT_SECRET",
                SECRET,
                "BELFRY_PUBLIC_URL",
                address(),
                "BELFRY_PUBLIC_WS_URL",
                socketAddress(),
                "BELFRY_HTTP_PORT",
                httpPort,
                "BELFRY_KAFKA_PORT",
                kafkaPort,
                "BELFRY_OPEN_FILES",
                20_000,
                // Thousands come at once.
                "BELFRY_GATEWAY_MAX_ACCEPTS_PER_SECOND",
                0);
        Path variables = Files.write(
                folder.resolve(".env"),
                settings.entrySet().stream()
                        .map(setting -> setting.getKey() + "=" + setting.getValue())
                        .toList());
        // The database for comparisons; nginx where thousands can reach it: on loopback Docker's own proxy takes six
        // files for
        // each connection.
        Path trial = Files.writeString(folder.resolve("trial.yml"), """
                services:
                  postgres:
                    networks: [data, platform]
                    ports: ["127.0.0.1:%d:5432"]
                  nginx:
                    networks: {front: {ipv4_address: %s}}
                """.formatted(databasePort, NGINX));
        environment = Map.of(
                "COMPOSE_PROJECT_NAME",
                "belfry-trial",
                "COMPOSE_ENV_FILES",
                variables.toString(),
                "COMPOSE_FILE",
                Repository.file("docker-compose.yml") + ":" + trial);
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + httpPort);
    }

    URI socketAddress() {
        return URI.create("ws://127.0.0.1:" + httpPort + SOCKETS);
    }

    /** nginx, as {@link #address}, past the published port. */
    static URI directAddress() {
        return URI.create("http://" + NGINX + ":8080");
    }

    static URI directSocketAddress() {
        return URI.create("ws://" + NGINX + ":8080" + SOCKETS);
    }

    /** What {@code docker compose} prints for this. */
    String run(String... arguments) {
        return output("docker", "compose", arguments);
    }

    /** What {@code docker} prints for this, of a service's containers. */
    String docker(String command, String service, String... arguments) {
        List<String> all = new ArrayList<>(Arrays.asList(arguments));
        all.addAll(run("ps", "--quiet", service).lines().toList());
        return output("docker", command, all.toArray(String[]::new));
    }

    List<String> services() {
        return run("ps", "--services").lines().sorted().toList();
    }

    /** As docs/operations.md says. */
    void roll(String service) {
        output(Repository.file("ops/docker/roll.sh").toString(), service);
    }

    private String output(String program, String command, String... arguments) {
        try {
            Path errors = Files.createTempFile("compose", ".log");
            List<String> all = new ArrayList<>(List.of(program, command));
            all.addAll(Arrays.asList(arguments));
            ProcessBuilder process = new ProcessBuilder(all).redirectError(errors.toFile());
            process.environment().putAll(environment);
            Process running = process.directory(Repository.file(".").toFile()).start();
            String printed = new String(running.getInputStream().readAllBytes(), UTF_8);
            int code = running.waitFor();
            String told = Files.readString(errors);
            Files.delete(errors);
            if (code != 0) {
                throw new IllegalStateException(String.join(" ", all) + " ended with " + code + ":\n" + printed + told);
            }
            return printed;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Removes containers and volumes; their logs stay in {@code target/containers.log}. */
    @Override
    public void close() {
        try {
            Files.writeString(Path.of("target", "containers.log"), run("logs", "--timestamps"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        run("down", "--volumes", "--timeout", "5");
    }
}
