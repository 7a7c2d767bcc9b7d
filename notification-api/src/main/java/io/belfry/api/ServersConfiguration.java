package io.belfry.api;

import com.zaxxer.hikari.HikariDataSource;
import io.belfry.access.TokenVerifier;
import io.belfry.runtime.postgres.PostgresPool;
import io.belfry.runtime.probes.BuildInfo;
import io.belfry.runtime.probes.KafkaProbe;
import io.belfry.runtime.probes.PostgresProbe;
import io.belfry.runtime.probes.ServerProbe;
import io.belfry.runtime.probes.ServerProbes;
import io.belfry.runtime.redis.RedisConnection;
import io.belfry.runtime.tracing.Tracing;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** PostgreSQL with short waits, Redis, whether each server answers, and when this node is ready. None is needed to start. */
@Configuration(proxyBeanMethods = false)
class ServersConfiguration {

    private static final String SERVICE = "notification-api";

    /** How long a caller waits for a connection before the answer is 503. */
    private static final Duration CONNECTION_TIMEOUT = Duration.ofSeconds(2);

    private static final Duration SOCKET_TIMEOUT = Duration.ofSeconds(5);

    /**
     * A caller waits 2 s for a row that another transaction changes; the next two end what hangs. Every statement here reaches
     * its rows by a key: statistics of a moment must not talk the planner into reading all of a table, in a plan that is then
     * kept.
     */
    private static final String SESSION_LIMITS =
            "-c lock_timeout=2s -c transaction_timeout=10s -c idle_in_transaction_session_timeout=5s -c enable_seqscan=off";

    @Bean(destroyMethod = "close")
    HikariDataSource dataSource(ApiSettings settings) {
        return PostgresPool.create(settings.database(), SERVICE, CONNECTION_TIMEOUT, SOCKET_TIMEOUT, SESSION_LIMITS);
    }

    @Bean(destroyMethod = "close")
    RedisConnection redis(ApiSettings settings) {
        return RedisConnection.open(settings.redis());
    }

    @Bean
    Tracing tracing() {
        return Tracing.fromEnvironment(SERVICE);
    }

    @Bean
    HealthIndicator schemaHealthIndicator(JdbcClient sql, Rehearsal rehearsal) {
        return new SchemaHealth(sql, rehearsal);
    }

    /** Without a key no token can be verified; once there was one, the last good keys stay. */
    @Bean
    HealthIndicator keysHealthIndicator(TokenVerifier tokens) {
        return () -> (tokens.isReady() ? Health.up() : Health.outOfService()).build();
    }

    @Bean(destroyMethod = "close")
    ServerProbes serverProbes(
            ApiSettings settings, RedisConnection redis, TokenVerifier tokens, MeterRegistry metrics) {
        List<ServerProbe> probes = new ArrayList<>(List.of(
                new PostgresProbe(settings.database(), SERVICE),
                new KafkaProbe(settings.kafka().access(), SERVICE),
                ServerProbe.of("redis", () -> redis.await(commands -> commands.ping()))));
        if (settings.tokens().jwksUrl() != null) {
            ServerProbes.gauge(metrics, "jwks", tokens::isReady);
        }
        BuildInfo.gauge(metrics);
        return new ServerProbes(probes, metrics);
    }
}
