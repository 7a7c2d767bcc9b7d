package io.belfry.persister.kafka;

import io.belfry.events.EventCodec;
import io.belfry.events.Topics;
import io.belfry.persister.settings.PersisterSettings;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.MicrometerConsumerListener;

/** The clients of the whole process, and the maker of its readers. */
@Configuration(proxyBeanMethods = false)
public class KafkaConfiguration {

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
        return new KafkaClients(settings.kafka().bootstrap(), registry);
    }

    @Bean
    TopicCreation topicCreation(KafkaClients clients, PersisterSettings settings) {
        return new TopicCreation(clients::admin, settings.kafka());
    }

    @Bean
    ListenerContainers listenerContainers(PersisterSettings settings, MeterRegistry registry) {
        return new ListenerContainers(
                settings.kafka(), factory -> factory.addListener(new MicrometerConsumerListener<>(registry)));
    }
}
