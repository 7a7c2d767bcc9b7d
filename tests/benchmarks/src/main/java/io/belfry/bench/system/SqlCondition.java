package io.belfry.bench.system;

import static org.awaitility.Awaitility.await;

import io.belfry.kit.database.Database;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;

/**
 * Waits until PostgreSQL says yes, asking every 5 ms over one connection: one for each question would take more of PostgreSQL
 * than what is measured. Not safe for use by several threads.
 */
public final class SqlCondition implements AutoCloseable {

    private static final Duration EVERY = Duration.ofMillis(5);

    private final Connection connection;
    private final PreparedStatement question;

    /** @param sql of one row with a boolean */
    public SqlCondition(Database database, String sql, Object... arguments) {
        try {
            connection = DriverManager.getConnection(database.url(), database.user(), database.password());
            question = connection.prepareStatement(sql);
            for (int i = 0; i < arguments.length; i++) {
                question.setObject(i + 1, arguments[i]);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    public void awaitTrue(Duration atMost) {
        await().atMost(atMost).pollDelay(Duration.ZERO).pollInterval(EVERY).until(this::holds);
    }

    private boolean holds() throws SQLException {
        try (ResultSet answer = question.executeQuery()) {
            return answer.next() && answer.getBoolean(1);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
