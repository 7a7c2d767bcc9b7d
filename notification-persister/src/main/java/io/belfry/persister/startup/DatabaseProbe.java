package io.belfry.persister.startup;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Asks the database whether it is there, on a connection of its own: that all others are busy says nothing about it. For
 * one thread.
 */
public final class DatabaseProbe implements AutoCloseable {

    private static final int LIMIT_SECONDS = 2;

    private final HikariDataSource connection;

    DatabaseProbe(PersisterSettings.Database settings) {
        connection = DatabasePool.create(
                "belfry-probe",
                new PersisterSettings.Database(settings.url(), settings.user(), settings.password(), 1));
    }

    /** @throws IllegalStateException if it does not answer within seconds */
    public void ask() {
        try (Connection asked = connection.getConnection()) {
            if (!asked.isValid(LIMIT_SECONDS)) {
                throw new IllegalStateException("no answer");
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        connection.close();
    }
}
