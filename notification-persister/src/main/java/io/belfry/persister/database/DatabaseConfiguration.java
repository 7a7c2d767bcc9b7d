package io.belfry.persister.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.belfry.persister.settings.PersisterSettings;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Connections that give up in seconds: a database that hangs is waited for like one that is down, not with it. */
@Configuration(proxyBeanMethods = false)
public class DatabaseConfiguration {

    // Every statement here reaches its rows by a key. Statistics of a table that has just grown must not talk the
    // planner into reading all of it, in a plan that is then kept.
    private static final String PLANS = "-c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off";

    private static final String LIMITS = "-c transaction_timeout=10s -c idle_in_transaction_session_timeout=5s";

    @Bean
    HikariDataSource dataSource(PersisterSettings settings) {
        return pool(settings.database());
    }

    /** A pool that comes up without a database and finds one later. */
    public static HikariDataSource pool(PersisterSettings.Database settings) {
        return pool("belfry", settings);
    }

    static HikariDataSource pool(String name, PersisterSettings.Database settings) {
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

    @Bean
    DatabaseProbe databaseProbe(PersisterSettings settings) {
        return new DatabaseProbe(settings.database());
    }

    @Bean
    SchemaMigration schemaMigration(PersisterSettings settings) {
        return new SchemaMigration(settings.database());
    }
}
