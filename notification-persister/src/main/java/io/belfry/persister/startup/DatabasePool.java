package io.belfry.persister.startup;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;

/** Connections that give up in seconds: a database that hangs is waited for like one that is down, not with it. */
public final class DatabasePool {

    private DatabasePool() {}

    // Every statement here reaches its rows by a key. Statistics of a table that has just grown must not talk the
    // planner into reading all of it, in a plan that is then kept.
    private static final String PLANS = "-c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off";

    // A lock that lasts longer than a second is an outage of its row, and not to be waited for with all other records.
    private static final String LIMITS =
            "-c transaction_timeout=10s -c idle_in_transaction_session_timeout=5s -c lock_timeout=1s";

    /** A pool that comes up without a database and finds one later. */
    public static HikariDataSource create(PersisterSettings.Database settings) {
        return create("belfry", settings);
    }

    static HikariDataSource create(String name, PersisterSettings.Database settings) {
        HikariConfig pool = new HikariConfig();
        pool.setPoolName(name);
        pool.setJdbcUrl(settings.url());
        pool.setUsername(settings.user());
        pool.setPassword(settings.password());
        pool.setMaximumPoolSize(settings.poolSize());
        pool.setMinimumIdle(1);
        pool.setConnectionTimeout(Duration.ofSeconds(3).toMillis());
        pool.setValidationTimeout(Duration.ofSeconds(2).toMillis());
        pool.setInitializationFailTimeout(-1);
        // https://jdbc.postgresql.org/documentation/use/: seconds, and none of them has a limit by default
        pool.addDataSourceProperty("connectTimeout", "2");
        pool.addDataSourceProperty("socketTimeout", "10");
        pool.addDataSourceProperty("tcpKeepAlive", "true");
        pool.addDataSourceProperty("ApplicationName", "belfry-persister");
        pool.addDataSourceProperty("options", LIMITS + " " + PLANS);
        return new HikariDataSource(pool);
    }
}
