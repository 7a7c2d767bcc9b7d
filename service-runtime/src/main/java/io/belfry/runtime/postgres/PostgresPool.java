package io.belfry.runtime.postgres;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;
import java.time.Duration;

/** Makes connection pools that come up without a database, find one later, and give up within seconds. */
public final class PostgresPool {

    private PostgresPool() {}

    /**
     * @param service names the connections in the database's list of sessions
     * @param connectionTimeout how long a caller waits for a connection, at least 250 ms
     * @param socketTimeout how long a statement may leave the socket silent; longer than the session's own limits
     * @param options of each session, as {@code psql} takes them: {@code -c lock_timeout=2s}
     */
    public static HikariDataSource create(
            PostgresSettings settings,
            String service,
            Duration connectionTimeout,
            Duration socketTimeout,
            String options) {
        HikariDataSource pool = new HikariDataSource();
        pool.setPoolName(service);
        pool.setDataSource(new PostgresSource(settings, service, socketTimeout, PostgresSource.limits(options)));
        pool.setMaximumPoolSize(settings.poolSize());
        pool.setMinimumIdle(1);
        pool.setConnectionTimeout(connectionTimeout.toMillis());
        pool.setValidationTimeout(Math.min(connectionTimeout.toMillis(), 1_000));
        pool.setInitializationFailTimeout(-1);
        pool.setExceptionOverride(new EvictReadOnly(pool));
        return pool;
    }

    /** Sessions of a primary that was demoted live on and are of no use, idle ones neither; a new one asks its name anew. */
    private record EvictReadOnly(HikariDataSource pool) implements SQLExceptionOverride {

        @java.lang.Override // the interface has a type of that name
        public Override adjudicate(SQLException failure) {
            if ("25006".equals(failure.getSQLState())) { // read_only_sql_transaction
                pool.getHikariPoolMXBean().softEvictConnections();
            }
            return Override.CONTINUE_EVICT;
        }
    }
}
