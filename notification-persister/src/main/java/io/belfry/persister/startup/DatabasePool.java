package io.belfry.persister.startup;

import com.zaxxer.hikari.HikariDataSource;
import io.belfry.runtime.postgres.PostgresPool;
import io.belfry.runtime.postgres.PostgresSettings;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.springframework.dao.DataAccessResourceFailureException;

/** Connections that give up in seconds: a database that hangs is waited for like one that is down, not with it. */
public final class DatabasePool {

    /** In the database's list of sessions. */
    static final String SERVICE = "belfry-persister";

    private static final Duration CONNECTION_TIMEOUT = Duration.ofSeconds(3);
    private static final Duration SOCKET_TIMEOUT = Duration.ofSeconds(10);

    // Every statement here reaches its rows by a key. Statistics of a table that has just grown must not talk the
    // planner into reading all of it, in a plan that is then kept.
    // There is one way then, whatever the parameters: a plan for each call would cost as much as the call.
    private static final String PLANS = "-c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off"
            + " -c plan_cache_mode=force_generic_plan";

    // A lock that lasts longer than a second is an outage of its row, and not to be waited for with all other records.
    private static final String LIMITS =
            "-c transaction_timeout=10s -c idle_in_transaction_session_timeout=5s -c lock_timeout=1s";

    private DatabasePool() {}

    /** A pool that comes up without a database and finds one later. */
    public static HikariDataSource create(PostgresSettings settings) {
        return PostgresPool.create(settings, SERVICE, CONNECTION_TIMEOUT, SOCKET_TIMEOUT, LIMITS + " " + PLANS);
    }

    /** @throws DataAccessResourceFailureException if it gets no connection, or none that is as the work needs it */
    static void check(HikariDataSource pool) {
        try (Connection connection = pool.getConnection()) {
            connection.isValid(1);
        } catch (SQLException e) {
            throw new DataAccessResourceFailureException("no connection is as it has to be", e);
        }
    }
}
