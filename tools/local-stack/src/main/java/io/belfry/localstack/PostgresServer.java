package io.belfry.localstack;

import io.belfry.localstack.process.ControlledProcess;
import io.belfry.localstack.process.ProcessFailedException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

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
}
