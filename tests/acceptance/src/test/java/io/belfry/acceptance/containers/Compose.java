package io.belfry.acceptance.containers;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.belfry.kit.contract.Repository;
import io.belfry.localstack.process.Ports;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A composition with ports, images and volumes of its own, made of an {@code .env} as an operator writes it. For any thread. */
final class Compose {

    static final String SECRET = "a-secret-of-the-container-trial-0123456789";
    static final String DATABASE_PASSWORD = "f3a9c1";

    /** nginx past its published port: on loopback Docker's own proxy takes six open files for each connection. */
    static final String NGINX = "172.30.90.200:8080";

    final int kafkaPort = Ports.free();
    final int databasePort = Ports.free();
    final String published = "127.0.0.1:" + Ports.free();
    private final Map<String, String> environment;

    /** Nothing of it runs yet. */
    Compose(Path folder) throws IOException {
        Path variables = Files.writeString(folder.resolve(".env"), """
                BELFRY_DATABASE_PASSWORD=%s
                BELFRY_REDIS_PASSWORD=0d8b2e
                BELFRY_JWT_SECRET=%s
                BELFRY_PUBLIC_URL=http://%3$s
                BELFRY_PUBLIC_WS_URL=%4$s
                BELFRY_HTTP_PORT=%5$d
                BELFRY_KAFKA_PORT=%6$d
                BELFRY_OPEN_FILES=20000
                BELFRY_GATEWAY_MAX_ACCEPTS_PER_SECOND=0
                """.formatted(
                        DATABASE_PASSWORD,
                        SECRET,
                        published,
                        socket(published),
                        socket(published).getPort(),
                        kafkaPort));
        // The database is reached for comparisons alone.
        Path trial =
                Files.writeString(folder.resolve("trial.yml"), """
                services:
                  postgres: {networks: [data, platform], ports: ["127.0.0.1:%d:5432"]}
                  nginx: {networks: {front: {ipv4_address: %s}}}
                """.formatted(databasePort, NGINX.replace(":8080", "")));
        String files = Repository.file("docker-compose.yml") + ":" + trial;
        environment = Map.of(
                "COMPOSE_PROJECT_NAME", "belfry-trial", "COMPOSE_ENV_FILES", "" + variables, "COMPOSE_FILE", files);
    }

    static URI socket(String nginx) {
        return URI.create("ws://" + nginx + "/ws/notifications/");
    }

    /** What {@code docker compose} prints for this. */
    String run(String... arguments) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("docker", "compose"));
        words.addAll(List.of(arguments));
        return output(words);
    }

    /** What {@code docker} prints for this, of a service's containers, which may have ended. */
    String docker(String service, String... arguments) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("docker"));
        words.addAll(List.of(arguments));
        words.addAll(run("ps", "--all", "--quiet", service).lines().toList());
        return output(words);
    }

    /** As docs/operations.md says. */
    void roll(String service) throws IOException, InterruptedException {
        output(List.of(Repository.file("ops/docker/roll.sh").toString(), service));
    }

    private String output(List<String> words) throws IOException, InterruptedException {
        Path errors = Files.createTempFile("compose", ".log");
        ProcessBuilder command = new ProcessBuilder(words).redirectError(errors.toFile());
        command.environment().putAll(environment);
        Process process = command.directory(Repository.file(".").toFile()).start();
        String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
        int code = process.waitFor();
        if (code != 0) {
            throw new IllegalStateException(words + " ended with " + code + ": " + Files.readString(errors));
        }
        Files.delete(errors);
        return printed;
    }

    /** Removes containers and volumes. */
    void remove() throws IOException, InterruptedException {
        run("down", "--volumes", "--timeout", "5");
    }
}
