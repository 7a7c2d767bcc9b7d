package io.belfry.localstack;

import io.belfry.localstack.process.ChildProcess;
import io.belfry.localstack.process.ControlledProcess;
import io.belfry.localstack.process.ProcessFailedException;
import io.belfry.localstack.process.ProcessSpec;
import io.belfry.localstack.process.Readiness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * PostgreSQL with one role, {@code belfry}: not a superuser, as in production, but allowed to make databases. It has
 * an empty database of the same name; tests make their own.
 */
public final class PostgresServer extends Server {

    static final String SUPERUSER = "postgres";

    private static final String ROLE = "belfry";

    private final AtomicInteger databases = new AtomicInteger();

    public PostgresServer(ControlledProcess process, int port) {
        super(process, port);
    }

    @Override
    public void start() {
        super.start();
        try (Connection connection = connect(url(port(), "postgres"), SUPERUSER);
                Statement statement = connection.createStatement()) {
            // Each looked for on its own: a first start may have been cut off between the two.
            if (!exists(statement, "SELECT FROM pg_roles WHERE rolname = 'belfry'")) {
                statement.execute("CREATE ROLE belfry LOGIN CREATEDB");
            }
            if (!exists(statement, "SELECT FROM pg_database WHERE datname = 'belfry'")) {
                statement.execute("CREATE DATABASE belfry OWNER belfry");
            }
        } catch (SQLException e) {
            throw new ProcessFailedException("postgres cannot be set up: " + e.getMessage(), e);
        }
    }

    /** The database {@code belfry}. */
    public String jdbcUrl() {
        return url(port(), "belfry");
    }

    public String user() {
        return ROLE;
    }

    /** Empty: the server listens on loopback and trusts every client there. */
    public String password() {
        return "";
    }

    /** Makes an empty database of its own, owned by {@link #user()}, and returns its JDBC URL. */
    public String createDatabase() {
        String name = "belfry_" + ProcessHandle.current().pid() + "_" + databases.incrementAndGet();
        try (Connection connection = connect(url(port(), "postgres"), ROLE);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        } catch (SQLException e) {
            throw new IllegalStateException("cannot create database " + name, e);
        }
        return url(port(), name);
    }

    /** Makes the view {@code pg_stat_statements} in this database, which only a superuser may. */
    public void showStatements(String databaseUrl) {
        try (Connection connection = connect(databaseUrl, SUPERUSER);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE EXTENSION IF NOT EXISTS pg_stat_statements");
        } catch (SQLException e) {
            throw new IllegalStateException("cannot show the statements of " + databaseUrl, e);
        }
    }

    static Connection connect(String url, String user) throws SQLException {
        return DriverManager.getConnection(url + "?connectTimeout=2&socketTimeout=30&user=" + user);
    }

    static String url(int port, String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    private static boolean exists(Statement statement, String query) throws SQLException {
        try (ResultSet row = statement.executeQuery(query)) {
            return row.next();
        }
    }

    /** Asked in its own language: an open port says nothing about a server that still recovers. */
    public static Readiness readiness(int port) {
        return () -> connect(url(port, "postgres"), SUPERUSER).close();
    }

    /**
     * As a child, not started yet; its cluster is made before the first start.
     *
     * @param durable whether what is confirmed survives a power failure; tests do without, which is faster
     */
    static PostgresServer embedded(Path folder, int port, boolean durable) {
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
        ChildProcess process = new ChildProcess(spec, readiness(port)) {
            @Override
            public synchronized void start() {
                if (!Files.isDirectory(data)) {
                    makeCluster(folder, data, durable);
                }
                super.start();
            }
        };
        return new PostgresServer(process, port);
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
                    "--username=" + SUPERUSER,
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
