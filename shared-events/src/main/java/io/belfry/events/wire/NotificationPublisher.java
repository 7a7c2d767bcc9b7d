package io.belfry.events.wire;

import io.belfry.events.Audience;
import io.belfry.events.EventId;
import io.belfry.events.NotificationData;
import io.belfry.events.NotificationRequested;
import io.belfry.events.NotificationType;
import io.belfry.events.names.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Asks for notifications from a JVM service: {@code publisher.send(3L, 7, EXAM_RESULT, "Midterm", "You scored 87.", data)}.
 *
 * <p>At least once: a future that completes normally means that every in-sync replica has the event. One that fails
 * after a time-out may have arrived all the same; publish again <em>with the same {@link EventId}</em>, and it is stored
 * once. Safe for use by many threads; close it at the end.
 */
public final class NotificationPublisher implements AutoCloseable {

    private final Producer<byte[], byte[]> producer;
    private final Topics topics;
    private final String source;
    private final Clock clock;
    private final EventCodec codec = new EventCodec();

    /**
     * @param producer acks=all; closed with this publisher
     * @param source this service's name as a URI reference, e.g. {@code /exams}; 1..255 characters
     */
    public NotificationPublisher(Producer<byte[], byte[]> producer, Topics topics, String source, Clock clock) {
        this.producer = producer;
        this.topics = topics;
        this.source = source;
        this.clock = clock;
    }

    /** A publisher with a producer of its own: durable (acks=all, idempotent) and quick to tell of a broker that is gone. */
    public static NotificationPublisher connect(String bootstrapServers, String source) {
        return new NotificationPublisher(
                new KafkaProducer<>(
                        producerSettings(bootstrapServers), new ByteArraySerializer(), new ByteArraySerializer()),
                new Topics(""),
                source,
                Clock.systemUTC());
    }

    /**
     * Settings for producers of Belfry's events: no event is given up as sent before all in-sync replicas have it, none
     * lingers (the default of Kafka 4 adds up to 5 ms), and a broker that is gone is told within 4 s, not after 2 minutes.
     */
    public static Map<String, Object> producerSettings(String bootstrapServers) {
        return Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                // By default up to 30 s, as long as the kernel waits before it tries again: into the time that the
                // broker is back.
                ProducerConfig.SOCKET_CONNECTION_SETUP_TIMEOUT_MS_CONFIG, 2_000,
                ProducerConfig.SOCKET_CONNECTION_SETUP_TIMEOUT_MAX_MS_CONFIG, 2_000,
                ProducerConfig.ACKS_CONFIG, "all",
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true,
                ProducerConfig.LINGER_MS_CONFIG, 0,
                ProducerConfig.MAX_BLOCK_MS_CONFIG, 2_000,
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 2_000,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 4_000);
    }

    /** One notification to one user, under a new event id. */
    public CompletableFuture<EventId> send(
            @Nullable Long senderId,
            long receiverId,
            NotificationType type,
            String title,
            String message,
            NotificationData data) {
        return publish(new NotificationRequested(Audience.user(receiverId), senderId, type, title, message, data));
    }

    /** Publishes under a new event id. */
    public CompletableFuture<EventId> publish(NotificationRequested request) {
        return publish(new EventId(source, UUID.randomUUID().toString()), request, null);
    }

    /**
     * Publishes under this id, which makes a retry the same event.
     *
     * @param traceparent W3C trace context to carry on, or null
     * @return completes with the id when Kafka has it; fails, never throws, when that is not known
     */
    public CompletableFuture<EventId> publish(
            EventId eventId, NotificationRequested request, @Nullable String traceparent) {
        CompletableFuture<EventId> acknowledged = new CompletableFuture<>();
        Event<NotificationRequested> event =
                new Event<>(eventId, EventType.NOTIFICATION_REQUESTED, clock.instant(), traceparent, request);
        try {
            var unused = producer.send(
                    codec.encode(topics.requested(), key(request.audience()), null, event), (metadata, failure) -> {
                        if (failure == null) {
                            acknowledged.complete(eventId);
                        } else {
                            acknowledged.completeExceptionally(failure);
                        }
                    });
        } catch (RuntimeException e) {
            acknowledged.completeExceptionally(e);
        }
        return acknowledged;
    }

    /** The key of a request's record: its course, or its only user; null for several. */
    public static byte @Nullable [] key(Audience audience) {
        if (audience instanceof Audience.Course course) {
            return ("course:" + course.course()).getBytes(StandardCharsets.UTF_8);
        }
        if (audience instanceof Audience.Users named && named.users().size() == 1) {
            return ("user:" + named.users().get(0)).getBytes(StandardCharsets.UTF_8);
        }
        return null;
    }

    /** Waits up to 5 s for what is under way. */
    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
    }
}
