package io.belfry.kit.servers;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A copy of a database as of one moment, kept on the same server. As {@code pg_dump} does, it leaves the
 * timeline of the server as it is, so nothing tells of a restore but who did it.
 */
public final class Backup {

    private final String server;
    private final String database;
    private final String copy;
    private final String user;
    private final String password;

    private Backup(String jdbcUrl, String user, String password) {
        int name = jdbcUrl.lastIndexOf('/') + 1;
        this.server = jdbcUrl.substring(0, name) + "postgres";
        this.database = jdbcUrl.substring(name);
        this.copy = database + "_backup";
        this.user = user;
        this.password = password;
    }

    /** Takes it. Its clients are cut off for that moment, as a copy of files needs. */
    public static Backup take(String jdbcUrl, String user, String password) {
        Backup backup = new Backup(jdbcUrl, user, password);
        backup.execute(
                "ALTER DATABASE " + backup.database + " ALLOW_CONNECTIONS false",
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '" + backup.database
                        + "'",
                "CREATE DATABASE " + backup.copy + " TEMPLATE " + backup.database,
                "ALTER DATABASE " + backup.database + " ALLOW_CONNECTIONS true");
        return backup;
    }

    /** Puts it back: what came after it is gone. */
    public void restore() {
        execute(
                "ALTER DATABASE " + database + " ALLOW_CONNECTIONS false",
                "DROP DATABASE " + database + " WITH (FORCE)",
                "CREATE DATABASE " + database + " TEMPLATE " + copy,
                "DROP DATABASE " + copy);
    }

    private void execute(String... commands) {
        try (Connection connection = DriverManager.getConnection(server, user, password);
                Statement statement = connection.createStatement()) {
            for (String command : commands) {
                statement.execute(command);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
