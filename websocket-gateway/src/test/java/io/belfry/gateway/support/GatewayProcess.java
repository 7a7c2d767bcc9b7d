package io.belfry.gateway.support;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** The packaged gateway as a process of its own. */
public final class GatewayProcess implements AutoCloseable {

    private static final long ANY_USER = 7;

    private final Process process;
    private final Path log;
    private final int port;

    private GatewayProcess(Process process, Path log, int port) {
        this.process = process;
        this.log = log;
        this.port = port;
    }

    /**
     * On a free port of loopback, with these servers.
     *
     * @param more variables beside those that this takes
     */
    public static GatewayProcess start(Path log, Backbone servers, Map<String, String> more) throws IOException {
        int port = freePort();
        Map<String, String> environment = new HashMap<>(Map.of(
                "BELFRY_JWT_SECRET",
                Tokens.SECRET,
                "BELFRY_KAFKA_BOOTSTRAP",
                servers.kafka().bootstrapServers(),
                "BELFRY_KAFKA_TOPIC_PREFIX",
                servers.topics().prefix(),
                "BELFRY_REDIS_URL",
                servers.redisServer().url(),
                "BELFRY_GATEWAY_ADDRESS",
                "127.0.0.1",
                "BELFRY_GATEWAY_PORT",
                Integer.toString(port),
                "BELFRY_GATEWAY_MANAGEMENT_PORT",
                "0"));
        environment.putAll(more);
        return start(log, environment, port);
    }

    /** @param environment all of its variables that begin with {@code BELFRY_}; it is not expected to come up */
    public static GatewayProcess start(Path log, Map<String, String> environment) throws IOException {
        return start(log, environment, 0);
    }

    private static GatewayProcess start(Path log, Map<String, String> environment, int port) throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        ProcessBuilder builder = new ProcessBuilder(
                        java.toString(),
                        "-Xmx256m",
                        "-jar",
                        Path.of("target", "websocket-gateway.jar").toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("BELFRY_"));
        builder.environment().putAll(environment);
        return new GatewayProcess(builder.start(), log, port);
    }

    /** Where sockets are opened. */
    public int port() {
        return port;
    }

    /** Returns when it lets a user in. */
    public void awaitReady() {
        await().atMost(Duration.ofSeconds(30))
                .ignoreExceptions()
                .until(() -> TestSocket.refused(port, Map.of("Authorization", "Bearer " + Tokens.of(ANY_USER))) == 101);
    }

    /** As {@code kill} does. */
    public void terminate() {
        process.destroy();
    }

    /** As {@code kill -9} does. */
    public void kill() {
        process.destroyForcibly();
    }

    public boolean isRunning() {
        return process.isAlive();
    }

    public int exitCode() {
        return process.exitValue();
    }

    public String log() throws IOException {
        return Files.readString(log);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
