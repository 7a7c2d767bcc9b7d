package io.belfry.persister.ops;

import io.belfry.persister.database.DatabaseProbe;
import io.belfry.persister.database.SchemaMigration;
import io.belfry.persister.directory.TopicDirectoryGate;
import io.belfry.persister.kafka.KafkaClients;
import io.belfry.persister.kafka.TopicCreation;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
public class OpsConfiguration {

    @Bean
    Watch watch(Listeners listeners, TopicDirectoryGate directory, MeterRegistry registry) {
        Gauge.builder("belfry.listeners.down", listeners, Listeners::down)
                .description("reading threads that should run and do not")
                .register(registry);
        return new Watch(listeners, directory);
    }

    /** The same figure in every service of Belfry. */
    @Bean(initMethod = "start")
    ServerWatch serverWatch(DatabaseProbe database, KafkaClients kafka, MeterRegistry registry) {
        List<ServerProbe> probes =
                List.of(new ServerProbe("postgresql", database::ask), new ServerProbe("kafka", kafka::ask));
        for (ServerProbe probe : probes) {
            Gauge.builder("belfry.server.up", probe, asked -> asked.isUp() ? 1 : 0)
                    .tag("server", probe.server())
                    .description("1 while the server answers, 0 while this process waits for it")
                    .register(registry);
        }
        return new ServerWatch(probes);
    }

    @Bean
    StartUp startUp(
            SchemaMigration schema, KafkaClients kafka, TopicCreation topics, Listeners listeners, Watch watch) {
        return new StartUp(
                List.of(new StartUp.Step("database", schema::migrate), new StartUp.Step("broker", () -> {
                    kafka.connect();
                    topics.createMissing();
                })),
                listeners,
                watch);
    }

    @Bean
    HealthIndicator listenersHealthIndicator(StartUp startUp, Listeners listeners) {
        return new ListenersHealth(startUp, listeners);
    }

    @Bean
    HealthIndicator directoryHealthIndicator(TopicDirectoryGate directory) {
        return new DirectoryHealth(directory);
    }
}
