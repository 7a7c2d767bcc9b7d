package io.belfry.persister.kafka;

import io.belfry.events.EventCodec;
import io.belfry.events.NotificationPublisher;
import io.belfry.events.Topics;
import io.belfry.persister.settings.PersisterSettings;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.MicrometerConsumerListener;

/** One producer and one admin client for the whole process, and the maker of its readers. */
@Configuration(proxyBeanMethods = false)
public class KafkaConfiguration {

    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);

    /** A dead letter is as large as a record may be, and its headers. */
    private static final int MAX_REQUEST_BYTES = 2 * 1024 * 1024 + 64 * 1024;

    @Bean
    Topics topics(PersisterSettings settings) {
        return settings.kafka().topics();
    }

    @Bean
    EventCodec eventCodec() {
        return new EventCodec();
    }

    @Bean(destroyMethod = "")
    Admin admin(PersisterSettings settings) {
        return Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                settings.kafka().bootstrap(),
                AdminClientConfig.CLIENT_ID_CONFIG,
                "notification-persister",
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                8_000,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                4_000));
    }

    @Bean(destroyMethod = "")
    Producer<byte[], byte[]> producer(PersisterSettings settings) {
        Map<String, Object> producer = new HashMap<>(
                NotificationPublisher.producerSettings(settings.kafka().bootstrap()));
        producer.put(ProducerConfig.CLIENT_ID_CONFIG, "notification-persister");
        producer.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_REQUEST_BYTES);
        // Not compressed: most events go out alone, within milliseconds, and each would pay for a buffer of its own.
        return new KafkaProducer<>(producer, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Bean
    KafkaClientMetrics producerMetrics(Producer<byte[], byte[]> producer) {
        return new KafkaClientMetrics(producer);
    }

    /** Closes the clients in bounded time, after all that use them. */
    @Bean
    AutoCloseable kafkaClients(Admin admin, Producer<byte[], byte[]> producer) {
        return () -> {
            producer.close(CLOSE_LIMIT);
            admin.close(CLOSE_LIMIT);
        };
    }

    @Bean
    TopicCreation topicCreation(Admin admin, PersisterSettings settings) {
        return new TopicCreation(admin, settings.kafka());
    }

    @Bean
    ListenerContainers listenerContainers(PersisterSettings settings, MeterRegistry registry) {
        return new ListenerContainers(
                settings.kafka(), factory -> factory.addListener(new MicrometerConsumerListener<>(registry)));
    }
}
