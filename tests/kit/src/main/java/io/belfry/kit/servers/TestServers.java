package io.belfry.kit.servers;

import io.belfry.localstack.Infrastructure;
import io.belfry.localstack.KafkaServer;
import io.belfry.localstack.PostgresServer;
import io.belfry.localstack.RedisServer;
import io.belfry.localstack.process.ControlledProcess;
import io.belfry.localstack.process.ProcessGuard;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The servers of this JVM's tests: on free ports, in a folder of their own, each started when it is first asked for, all
 * gone when the JVM ends. One that a test stopped stays stopped until a test starts it. Safe for any number of threads.
 */
public final class TestServers implements Infrastructure {

    private static final class Holder {
        static final Infrastructure SHARED = create();
    }

    private final Infrastructure servers;
    private final Set<ControlledProcess> everStarted = new HashSet<>();

    private TestServers(Infrastructure servers) {
        this.servers = servers;
    }

    /**
     * Those that all tests of this JVM share. Whether they are containers or child processes is said by {@code
     * BELFRY_TEST_INFRA}: {@code embedded}, {@code containers}, or {@code auto} (the default: containers when a Docker
     * engine answers).
     */
    public static Infrastructure shared() {
        return Holder.SHARED;
    }

    /**
     * Servers for one test alone, whose broker has a second listener, for clients whose network is to have faults. Clients
     * go where the broker sends them, whatever address they began with; this listener sends them to a proxy. None is
     * started yet.
     *
     * @param port where the second listener is, and the proxy leads
     * @param proxyPort where its clients are sent
     */
    public static Infrastructure behindProxy(int port, int proxyPort) {
        Infrastructure.ServerPorts ports = Infrastructure.ServerPorts.free();
        String usual = "PLAINTEXT://127.0.0.1:" + ports.kafka();
        String controller = "CONTROLLER://127.0.0.1:" + ports.kafkaController();
        return Infrastructure.disposable(
                temporaryFolder(),
                ports,
                Map.of(
                        "listeners",
                        usual + "," + controller + ",SIDE://127.0.0.1:" + port,
                        "advertised.listeners",
                        usual + ",SIDE://127.0.0.1:" + proxyPort,
                        "listener.security.protocol.map",
                        "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,SIDE:PLAINTEXT"));
    }

    /** A new folder, which is removed when this JVM is gone. */
    public static Path temporaryFolder() {
        try {
            Path folder = Files.createTempDirectory("belfry-test-");
            ProcessGuard.removeAtEnd(folder);
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized PostgresServer postgres() {
        return started(servers.postgres());
    }

    @Override
    public synchronized KafkaServer kafka() {
        return started(servers.kafka());
    }

    @Override
    public synchronized RedisServer redis() {
        return started(servers.redis());
    }

    /** Does nothing: other tests of this JVM use the servers too. */
    @Override
    public void close() {}

    private <S extends ControlledProcess> S started(S server) {
        if (!everStarted.contains(server)) {
            server.start();
            everStarted.add(server);
        }
        return server;
    }

    private static Infrastructure create() {
        String wanted = Objects.requireNonNullElse(System.getenv("BELFRY_TEST_INFRA"), "auto")
                .toLowerCase(Locale.ROOT);
        boolean containers = switch (wanted) {
            case "embedded" -> false;
            case "containers" -> true;
            case "auto" -> ContainerServers.engineAnswers();
            default ->
                throw new IllegalArgumentException(
                        "BELFRY_TEST_INFRA is '" + wanted + "'; it can be auto, embedded or containers");
        };
        return new TestServers(containers ? ContainerServers.create() : Infrastructure.disposable(temporaryFolder()));
    }
}
