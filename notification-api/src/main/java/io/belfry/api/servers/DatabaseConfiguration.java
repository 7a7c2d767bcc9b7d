package io.belfry.api.servers;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.belfry.api.ApiSettings;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The connection pool, which needs no database to start. */
@Configuration(proxyBeanMethods = false)
public class DatabaseConfiguration {

    /** How long a caller waits for a connection before the answer is 503. */
    private static final int CONNECTION_TIMEOUT_MILLIS = 2_000;

    /** A caller waits 2 s for a row that somebody else changes; the rest ends what hangs. */
    private static final String SESSION_LIMITS =
            "-c lock_timeout=2s -c transaction_timeout=10s -c idle_in_transaction_session_timeout=5s";

    @Bean(destroyMethod = "close")
    HikariDataSource dataSource(ApiSettings settings) {
        HikariConfig pool = new HikariConfig();
        pool.setPoolName("postgresql");
        pool.setJdbcUrl(settings.database().url());
        pool.setUsername(settings.database().user());
        pool.setPassword(settings.database().password());
        pool.setMaximumPoolSize(settings.database().poolSize());
        pool.setConnectionTimeout(CONNECTION_TIMEOUT_MILLIS);
        pool.setValidationTimeout(1_000);
        pool.setInitializationFailTimeout(-1);
        pool.addDataSourceProperty("ApplicationName", "notification-api");
        pool.addDataSourceProperty("options", SESSION_LIMITS);
        // In seconds. Without them a connection to a host that vanished hangs for ever.
        pool.addDataSourceProperty("connectTimeout", "2");
        pool.addDataSourceProperty("socketTimeout", "5");
        pool.addDataSourceProperty("tcpKeepAlive", "true");
        return new HikariDataSource(pool);
    }

    @Bean
    ServerProbe postgresProbe(ApiSettings settings) {
        return new PostgresProbe(settings.database());
    }

    @Bean
    HealthIndicator schemaHealthIndicator(JdbcClient sql) {
        return new SchemaHealth(sql);
    }

    @Bean
    ServerWatch serverWatch(List<ServerProbe> probes, MeterRegistry metrics) {
        return new ServerWatch(probes, metrics);
    }
}
