package io.belfry.persister.startup;

import io.belfry.events.wire.NotificationPublisher;
import io.belfry.runtime.kafka.KafkaAccess;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * The producers and the admin client of the whole process. They are made when they are first connected, not before: a
 * broker whose name does not resolve yet is a broker that is down. Safe for use by many threads.
 */
public final class KafkaClients implements AutoCloseable {

    static final String CLIENT_ID = "notification-persister";
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);

    /** As large as a topic of ours takes, and some for headers. */
    private static final int MAX_REQUEST_BYTES = 2 * 1024 * 1024 + 64 * 1024;

    /**
     * Before compression: what its publisher has compressed to 1 MiB may be many times as large. The producer's buffer has
     * to hold one.
     */
    static final int MAX_DEAD_LETTER_BYTES = 32 * 1024 * 1024;

    private final KafkaAccess kafka;
    private final MeterRegistry registry;
    private volatile @Nullable Admin admin;
    private volatile @Nullable Producer<byte[], byte[]> producer;
    private volatile @Nullable Producer<byte[], byte[]> deadLetterProducer;

    KafkaClients(KafkaAccess kafka, MeterRegistry registry) {
        this.kafka = kafka;
        this.registry = registry;
    }

    /** @throws RuntimeException if the broker's name can not be resolved */
    public synchronized void connect() {
        if (admin == null) {
            admin = Admin.create(kafka.with(Map.of(
                    AdminClientConfig.CLIENT_ID_CONFIG,
                    CLIENT_ID,
                    AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                    8_000,
                    AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                    4_000)));
        }
        if (producer == null) {
            // Not compressed: most events go out alone, and each would pay for a buffer of its own.
            producer = producer(CLIENT_ID, Map.of(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_REQUEST_BYTES));
        }
        if (deadLetterProducer == null) {
            // gzip needs no native library, which a container may refuse to load.
            deadLetterProducer = producer(
                    CLIENT_ID + "-dead-letters",
                    Map.of(
                            ProducerConfig.COMPRESSION_TYPE_CONFIG,
                            "gzip",
                            ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                            MAX_DEAD_LETTER_BYTES,
                            ProducerConfig.BUFFER_MEMORY_CONFIG,
                            MAX_DEAD_LETTER_BYTES));
        }
    }

    private Producer<byte[], byte[]> producer(String name, Map<String, Object> more) {
        Map<String, Object> settings = kafka.with(NotificationPublisher.producerSettings(kafka.bootstrap()));
        settings.put(ProducerConfig.CLIENT_ID_CONFIG, name);
        settings.putAll(more);
        var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        new KafkaClientMetrics(producer).bindTo(registry);
        return producer;
    }

    /** Once connected. */
    public Admin admin() {
        return Objects.requireNonNull(admin, "not connected");
    }

    /** Once connected. */
    public Producer<byte[], byte[]> producer() {
        return Objects.requireNonNull(producer, "not connected");
    }

    /** Once connected: compresses, and takes what is large. */
    public Producer<byte[], byte[]> deadLetterProducer() {
        return Objects.requireNonNull(deadLetterProducer, "not connected");
    }

    /** In bounded time; what is not acknowledged by then is done again by the process that comes next. */
    @Override
    public synchronized void close() {
        if (producer != null) {
            producer.close(CLOSE_LIMIT);
        }
        if (deadLetterProducer != null) {
            deadLetterProducer.close(CLOSE_LIMIT);
        }
        if (admin != null) {
            admin.close(CLOSE_LIMIT);
        }
    }
}
