package io.belfry.persister.startup;

import com.zaxxer.hikari.HikariDataSource;
import io.belfry.events.names.Topics;
import io.belfry.events.wire.EventCodec;
import io.belfry.persister.directory.DirectoryGate;
import io.belfry.runtime.probes.BuildInfo;
import io.belfry.runtime.probes.KafkaProbe;
import io.belfry.runtime.probes.PostgresProbe;
import io.belfry.runtime.probes.ServerProbes;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.MicrometerConsumerListener;

/** The servers that this process lives on, and what brings it up and keeps it honest. */
@Configuration(proxyBeanMethods = false)
public class StartupConfiguration {

    @Bean
    Topics topics(PersisterSettings settings) {
        return settings.kafka().topics();
    }

    @Bean
    EventCodec eventCodec() {
        return new EventCodec();
    }

    @Bean
    KafkaClients kafkaClients(PersisterSettings settings, MeterRegistry registry) {
        return new KafkaClients(settings.kafka().access(), registry);
    }

    @Bean
    Containers containers(PersisterSettings settings, MeterRegistry registry) {
        return new Containers(
                settings.kafka(), factory -> factory.addListener(new MicrometerConsumerListener<>(registry)));
    }

    @Bean
    HikariDataSource dataSource(PersisterSettings settings) {
        return DatabasePool.create(settings.database());
    }

    @Bean
    PostgresProbe postgresProbe(PersisterSettings settings) {
        return new PostgresProbe(settings.database(), DatabasePool.SERVICE);
    }

    @Bean
    KafkaProbe kafkaProbe(PersisterSettings settings) {
        return new KafkaProbe(settings.kafka().access(), KafkaClients.CLIENT_ID);
    }

    @Bean
    ServerProbes serverProbes(PostgresProbe postgres, KafkaProbe kafka, MeterRegistry registry) {
        BuildInfo.gauge(registry);
        return new ServerProbes(List.of(postgres, kafka), registry);
    }

    @Bean
    StartUp startUp(
            PersisterSettings settings,
            KafkaClients kafka,
            Listeners listeners,
            DirectoryGate directory,
            StartUp.Rehearsal rehearsal,
            List<StartUp.Chore> chores,
            HikariDataSource pool,
            MeterRegistry registry) {
        Gauge.builder("belfry.listeners.down", listeners, Listeners::down)
                .description("reading threads that an error has killed, or whose polls fail")
                .register(registry);
        SchemaMigration schema = new SchemaMigration(settings.owner());
        TopicCreation topics = new TopicCreation(kafka::admin, settings.kafka());
        return new StartUp(
                List.of(
                        new StartUp.Step("database", () -> {
                            schema.migrate();
                            DatabasePool.check(pool);
                            rehearsal.run();
                        }),
                        new StartUp.Step("broker", () -> {
                            kafka.connect();
                            topics.createMissing();
                        })),
                listeners,
                directory,
                chores);
    }

    /**
     * Whether the threads that read are alive. A database or broker that is down does not count: they wait for it, and no
     * other copy of this process would do better.
     */
    @Bean
    HealthIndicator listenersHealthIndicator(StartUp startUp, Listeners listeners) {
        return () -> {
            if (!startUp.isDone()) {
                return Health.outOfService().build();
            }
            return listeners.areRunning() ? Health.up().build() : Health.down().build();
        };
    }

    /** Whether requests to courses are handled or have to wait for the directory. */
    @Bean
    HealthIndicator directoryHealthIndicator(DirectoryGate directory) {
        return () -> directory.isCaughtUp()
                ? Health.up().build()
                : Health.outOfService().build();
    }
}
