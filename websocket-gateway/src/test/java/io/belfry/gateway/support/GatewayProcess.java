package io.belfry.gateway.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The packaged gateway as a process of its own. */
public final class GatewayProcess implements AutoCloseable {

    private final Process process;
    private final Path log;

    private GatewayProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** @param environment all of its variables that begin with {@code BELFRY_} */
    public static GatewayProcess start(Path log, Map<String, String> environment) throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        ProcessBuilder builder = new ProcessBuilder(
                        java.toString(),
                        "-Xmx256m",
                        "-jar",
                        Path.of("target", "websocket-gateway.jar").toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("BELFRY_"));
        builder.environment().putAll(new HashMap<>(environment));
        return new GatewayProcess(builder.start(), log);
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
