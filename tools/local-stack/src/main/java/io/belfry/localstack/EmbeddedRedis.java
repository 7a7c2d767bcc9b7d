package io.belfry.localstack;

import io.belfry.localstack.process.ChildProcess;
import io.belfry.localstack.process.ControlledProcess;
import io.belfry.localstack.process.ProcessFailedException;
import io.belfry.localstack.process.ProcessSpec;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import redis.embedded.RedisExecProvider;

/** How Redis is run as a child. */
final class EmbeddedRedis {

    private EmbeddedRedis() {}

    static ControlledProcess process(Path folder, int port) {
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
        return new ChildProcess(spec, ServerReadiness.redis(port));
    }

    private static Path program() {
        return UnpackCache.folder("redis-" + RedisExecProvider.redisVersion, EmbeddedRedis::unpack)
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
