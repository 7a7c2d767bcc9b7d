package io.belfry.localstack;

import io.belfry.localstack.process.ControlledProcess;
import io.belfry.localstack.process.Parallel;
import io.belfry.localstack.process.ProcessGuard;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The servers that the tests of this module share, all of them started; gone when the JVM ends. */
public final class SharedServers {

    private static final Infrastructure SERVERS = start();

    private SharedServers() {}

    public static Infrastructure get() {
        return SERVERS;
    }

    private static Infrastructure start() {
        try {
            Path folder = Files.createTempDirectory("belfry-test-");
            ProcessGuard.removeAtEnd(folder);
            Infrastructure servers = Infrastructure.disposable(folder);
            Parallel.run(List.of(servers.postgres(), servers.kafka(), servers.redis()), ControlledProcess::start);
            return servers;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
