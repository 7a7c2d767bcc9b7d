package io.belfry.gateway.support;

import static io.belfry.gateway.support.TestGateway.TOKENS;
import static org.awaitility.Awaitility.await;

import io.belfry.localstack.process.Ports;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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
        int port = Ports.free();
        Map<String, String> environment = TestGateway.environment(servers, port);
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
    public URI address() {
        return TestGateway.address(port);
    }

    /** Returns when it lets a user in. */
    public void awaitReady() {
        await().atMost(Duration.ofSeconds(30))
                .ignoreExceptions()
                .until(() -> TestSocket.refused(address(), Map.of("Authorization", "Bearer " + TOKENS.user(ANY_USER)))
                        == 101);
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
}
