package io.belfry.persister.startup;

import io.belfry.events.NotificationPublisher;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import java.time.Duration;
import java.util.HashMap;
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
 * The producer and the admin client of the whole process. They are made when they are first connected, not before: a
 * broker whose name does not resolve yet is a broker that is down. Safe for use by many threads.
 */
public final class KafkaClients implements AutoCloseable {

    static final String CLIENT_ID = "notification-persister";
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);

    /** A dead letter is as large as a record may be, and its headers. */
    private static final int MAX_REQUEST_BYTES = 2 * 1024 * 1024 + 64 * 1024;

    private final String bootstrap;
    private final MeterRegistry registry;
    private volatile @Nullable Admin admin;
    private volatile @Nullable Producer<byte[], byte[]> producer;

    KafkaClients(String bootstrap, MeterRegistry registry) {
        this.bootstrap = bootstrap;
        this.registry = registry;
    }

    /** @throws RuntimeException if the broker's name can not be resolved */
    public synchronized void connect() {
        if (admin == null) {
            admin = Admin.create(Map.of(
                    AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                    bootstrap,
                    AdminClientConfig.CLIENT_ID_CONFIG,
                    CLIENT_ID,
                    AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                    8_000,
                    AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                    4_000));
        }
        if (producer == null) {
            Map<String, Object> settings = new HashMap<>(NotificationPublisher.producerSettings(bootstrap));
            settings.put(ProducerConfig.CLIENT_ID_CONFIG, CLIENT_ID);
            settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_REQUEST_BYTES);
            // Not compressed: most events go out alone, within milliseconds, and each would pay for a buffer of its
            // own.
            var connected = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
            new KafkaClientMetrics(connected).bindTo(registry);
            producer = connected;
        }
    }

    /** Once connected. */
    public Admin admin() {
        return Objects.requireNonNull(admin, "not connected");
    }

    /** Once connected. */
    public Producer<byte[], byte[]> producer() {
        return Objects.requireNonNull(producer, "not connected");
    }

    /** In bounded time; what is not acknowledged by then is done again by the process that comes next. */
    @Override
    public synchronized void close() {
        if (producer != null) {
            producer.close(CLOSE_LIMIT);
        }
        if (admin != null) {
            admin.close(CLOSE_LIMIT);
        }
    }
}
