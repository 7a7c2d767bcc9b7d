package io.belfry.localstack;

import io.belfry.localstack.process.ChildProcess;
import io.belfry.localstack.process.ControlledProcess;
import io.belfry.localstack.process.ProcessFailedException;
import io.belfry.localstack.process.ProcessSpec;
import io.belfry.localstack.process.Readiness;
import java.io.File;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import redis.embedded.RedisExecProvider;

/** One Redis without password that writes every change to its append-only file. */
public final class RedisServer extends Server {

    public RedisServer(ControlledProcess process, int port) {
        super(process, port);
    }

    public String url() {
        return "redis://127.0.0.1:" + port();
    }

    /** Asked in its own language: an open port says nothing about a server that still recovers. */
    public static Readiness readiness(int port) {
        return () -> {
            try (Socket socket = connect(port)) {
                socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
                String answer = new String(socket.getInputStream().readNBytes(5), StandardCharsets.US_ASCII);
                if (!answer.equals("+PONG")) {
                    throw new IOException("redis answers " + answer);
                }
            }
        };
    }

    /** As a child, not started yet. */
    static RedisServer embedded(Path folder, int port) {
        Path data = folder.resolve("redis");
        List<String> command = List.of(
                program().toString(),
                "--port",
                String.valueOf(port),
                "--bind",
                "127.0.0.1",
                "--dir",
                data.toString(),
                "--appendonly",
                "yes",
                "--save",
                "");
        ProcessSpec spec = new ProcessSpec(
                "redis",
                command,
                Map.of(),
                data,
                folder.resolve("logs/redis.log"),
                "TERM",
                Duration.ofSeconds(30),
                Duration.ofSeconds(10));
        return new RedisServer(new ChildProcess(spec, readiness(port)), port);
    }

    private static Path program() {
        return UnpackCache.folder("redis-" + RedisExecProvider.redisVersion, RedisServer::unpack)
                .resolve("redis-server");
    }

    private static void unpack(Path folder) throws IOException {
        File extracted = RedisExecProvider.defaultProvider().get();
        Path program = folder.resolve("redis-server");
        Files.move(extracted.toPath(), program);
        if (!program.toFile().setExecutable(true)) {
            throw new ProcessFailedException("cannot make " + program + " executable");
        }
    }
}
