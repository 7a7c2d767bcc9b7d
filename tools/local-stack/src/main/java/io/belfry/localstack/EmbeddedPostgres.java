package io.belfry.localstack;

import io.belfry.localstack.process.ChildProcess;
import io.belfry.localstack.process.ControlledProcess;
import io.belfry.localstack.process.ProcessFailedException;
import io.belfry.localstack.process.ProcessSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** How PostgreSQL is run as a child: its cluster is made before the first start. */
final class EmbeddedPostgres {

    private EmbeddedPostgres() {}

    static ControlledProcess process(Path folder, int port, boolean durable) {
        Map<String, String> settings = Map.of(
                "listen_addresses", "127.0.0.1",
                // No socket file: its path has a length limit, and its folder an owner.
                "unix_socket_directories", "",
                "max_connections", "300",
                "timezone", "UTC",
                "fsync", durable ? "on" : "off",
                "full_page_writes", durable ? "on" : "off",
                "synchronous_commit", "on",
                // What each statement costs; a database that wants to see it makes the extension.
                "shared_preload_libraries", "pg_stat_statements");
        Path data = folder.resolve("postgres");
        List<String> command = Stream.concat(
                        PostgresBinaries.command("postgres", "-D", data.toString(), "-p", String.valueOf(port)),
                        settings.entrySet().stream()
                                .flatMap(setting -> Stream.of("-c", setting.getKey() + "=" + setting.getValue())))
                .toList();
        ProcessSpec spec = new ProcessSpec(
                "postgres",
                command,
                Map.of(),
                folder,
                folder.resolve("logs/postgres.log"),
                // Fast shutdown: sessions are ended, nothing is waited for, data is written.
                "INT",
                Duration.ofSeconds(60),
                Duration.ofSeconds(20));
        return new ChildProcess(spec, ServerReadiness.postgres(port)) {
            @Override
            public synchronized void start() {
                if (!Files.isDirectory(data)) {
                    makeCluster(folder, data, durable);
                }
                super.start();
            }
        };
    }

    /** Made beside its place and moved there whole, so that a first start that was cut off leaves no half cluster. */
    private static void makeCluster(Path folder, Path data, boolean durable) {
        Path fresh = folder.resolve("postgres.new");
        try {
            if (Files.isDirectory(fresh)) {
                UnpackCache.delete(fresh);
            }
            Path log = folder.resolve("logs/initdb.log");
            Files.createDirectories(log.getParent());
            // The built-in locale sorts and compares the same on every platform.
            Stream<String> command = PostgresBinaries.command(
                    "initdb",
                    "--pgdata=" + fresh,
                    "--username=" + PostgresServer.SUPERUSER,
                    "--auth=trust",
                    "--encoding=UTF8",
                    "--locale-provider=builtin",
                    "--builtin-locale=C.UTF-8",
                    "--locale=C",
                    durable ? "--sync-method=fsync" : "--no-sync");
            int status = new ProcessBuilder(command.toList())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start()
                    .waitFor();
            if (status != 0) {
                throw new ProcessFailedException("postgres: initdb failed with exit code " + status + ", see " + log);
            }
            Files.move(fresh, data);
        } catch (IOException e) {
            throw new ProcessFailedException("postgres: no cluster could be made: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProcessFailedException("postgres: initdb was interrupted", e);
        }
    }
}
