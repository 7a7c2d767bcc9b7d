package io.belfry.runtime.probes;

import io.belfry.runtime.postgres.PostgresSettings;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Asks by a connection beside the pool: in the pool a question would take a caller's place, and a pool that is used up would
 * look like a database that is gone.
 */
public final class PostgresProbe implements ServerProbe, AutoCloseable {

    private static final int SECONDS = 2;

    private final PGSimpleDataSource database = new PGSimpleDataSource();
    private @Nullable Connection connection;

    /** @param service names the connection in the database's list of sessions */
    public PostgresProbe(PostgresSettings settings, String service) {
        database.setUrl(settings.url());
        database.setUser(settings.user());
        database.setPassword(settings.password());
        database.setApplicationName(service + " probe");
        database.setConnectTimeout(SECONDS);
        database.setSocketTimeout(SECONDS);
    }

    @Override
    public String server() {
        return "postgresql";
    }

    @Override
    public synchronized void ask() throws SQLException {
        Connection kept = connection;
        if (kept == null || !kept.isValid(SECONDS)) {
            close();
            // A server that lets a connection in answers; one that was ended while it was idle says nothing.
            connection = database.getConnection();
        }
    }

    @Override
    public synchronized void close() throws SQLException {
        if (connection != null) {
            connection.close();
            connection = null;
        }
    }
}
