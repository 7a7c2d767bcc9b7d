package io.belfry.api;

import io.belfry.events.wire.NotificationPublisher;
import io.belfry.runtime.kafka.KafkaAccess;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.core.ProducerFactory;

/** Two producers, because they may block for different times; both with the settings of Belfry's events (acks=all). */
@Configuration(proxyBeanMethods = false)
class KafkaConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaConfiguration.class);

    /** Within these a send is acknowledged or given up, so that its caller hears 503 within 3 s. */
    private static final int SEND_BLOCKS_MILLIS = 2_000;

    private static final int SEND_DELIVERY_MILLIS = 2_500;

    private static final int CHANGE_BLOCKS_MILLIS = 100;

    private static final int CLOSE_SECONDS = 5;

    @Bean
    ProducerFactory<byte[], byte[]> producers(ApiSettings settings) {
        KafkaAccess kafka = settings.kafka().access();
        var producers = new DefaultKafkaProducerFactory<>(
                kafka.with(NotificationPublisher.producerSettings(kafka.bootstrap())),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        producers.setPhysicalCloseTimeout(CLOSE_SECONDS);
        return producers;
    }

    /** Requests for notifications: their callers wait for the acknowledgement. */
    @Bean
    KafkaTemplate<byte[], byte[]> requestsProducer(ProducerFactory<byte[], byte[]> producers, ApiSettings settings) {
        var producer = template(
                producers,
                Map.of(
                        ProducerConfig.MAX_BLOCK_MS_CONFIG, SEND_BLOCKS_MILLIS,
                        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, SEND_DELIVERY_MILLIS));
        findBrokers(producer, settings.kafka().topics().requested(), "sends are answered with 503 until then");
        return producer;
    }

    /** Changes of inboxes, which are not waited for: clients find a lost one by its number. */
    @Bean
    KafkaTemplate<byte[], byte[]> changesProducer(ProducerFactory<byte[], byte[]> producers, ApiSettings settings) {
        var producer = template(producers, Map.of(ProducerConfig.MAX_BLOCK_MS_CONFIG, CHANGE_BLOCKS_MILLIS));
        findBrokers(producer, settings.kafka().topics().changed(), "the first changes of inboxes may go unannounced");
        return producer;
    }

    /** Without timers, which cost more than they tell, and a listener's log: what became of each send is told by its caller. */
    private static KafkaTemplate<byte[], byte[]> template(
            ProducerFactory<byte[], byte[]> producers, Map<String, Object> limits) {
        KafkaTemplate<byte[], byte[]> template = new KafkaTemplate<>(producers, limits);
        template.setMicrometerEnabled(false);
        template.setProducerListener(null);
        return template;
    }

    /**
     * In the background, so that the first send does not wait for it, and the first change does not miss it: with TLS and an
     * account a connection takes longer than that waits. Once asked for, a producer goes on looking for a topic.
     *
     * @param otherwise what comes of it if it is not found at once
     */
    private static void findBrokers(KafkaTemplate<byte[], byte[]> producer, String topic, String otherwise) {
        Thread search = new Thread(
                () -> {
                    try {
                        var unused = producer.partitionsFor(topic);
                    } catch (KafkaException e) {
                        LOG.warn("Kafka or its topic {} is not found yet: {}", topic, otherwise);
                    }
                },
                "kafka-search");
        search.setDaemon(true);
        search.start();
    }
}
