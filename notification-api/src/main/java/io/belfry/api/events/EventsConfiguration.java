package io.belfry.api.events;

import io.belfry.api.servers.ServerProbe;
import io.belfry.api.settings.ApiSettings;
import io.belfry.events.NotificationPublisher;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Two producers, because they may block for different times. Both start without a broker. */
@Configuration(proxyBeanMethods = false)
public class EventsConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(EventsConfiguration.class);

    /** The {@code ce_source} of all events of this service; with a request's id it names a send for ever. */
    public static final String SOURCE = "belfry/api";

    /** Within these a send is acknowledged or given up, so that its caller hears 503 within 3 s. */
    private static final int SEND_BLOCKS_MILLIS = 2_000;

    private static final int SEND_DELIVERY_MILLIS = 2_500;

    private static final int CHANGE_BLOCKS_MILLIS = 100;

    @Bean(destroyMethod = "close")
    NotificationPublisher notificationPublisher(ApiSettings settings, Clock clock) {
        Producer<byte[], byte[]> producer = producer(
                settings,
                Map.of(
                        ProducerConfig.MAX_BLOCK_MS_CONFIG, SEND_BLOCKS_MILLIS,
                        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, SEND_DELIVERY_MILLIS));
        findBrokers(producer, settings.kafka().topics().requested());
        return new NotificationPublisher(producer, settings.kafka().topics(), SOURCE, clock);
    }

    @Bean
    KafkaChangeAnnouncer changeAnnouncer(ApiSettings settings, Clock clock, MeterRegistry metrics) {
        Producer<byte[], byte[]> producer =
                producer(settings, Map.of(ProducerConfig.MAX_BLOCK_MS_CONFIG, CHANGE_BLOCKS_MILLIS));
        return new KafkaChangeAnnouncer(producer, settings.kafka().topics().changed(), clock, metrics);
    }

    @Bean
    ServerProbe kafkaProbe(ApiSettings settings) {
        return new KafkaProbe(settings.kafka().bootstrap());
    }

    /** In the background, so that the first send does not wait for it. */
    private static void findBrokers(Producer<byte[], byte[]> producer, String topic) {
        Thread search = new Thread(
                () -> {
                    try {
                        var unused = producer.partitionsFor(topic);
                    } catch (KafkaException e) {
                        LOG.warn("Kafka or its topic {} is not there yet; sends will be answered with 503", topic);
                    }
                },
                "kafka-search");
        search.setDaemon(true);
        search.start();
    }

    private static Producer<byte[], byte[]> producer(ApiSettings settings, Map<String, Object> limits) {
        Map<String, Object> producer = new HashMap<>(
                NotificationPublisher.producerSettings(settings.kafka().bootstrap()));
        producer.putAll(limits);
        return new KafkaProducer<>(producer, new ByteArraySerializer(), new ByteArraySerializer());
    }
}
