package io.belfry.localstack.system;

import io.belfry.events.EventId;
import io.belfry.events.wire.Event;
import io.belfry.events.wire.EventCodec;
import io.belfry.events.wire.EventType;
import io.belfry.localstack.process.ProcessFailedException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Plays the learning platform: writes its events to Kafka. Not thread-safe. */
final class PlatformPublisher implements AutoCloseable {

    private static final String SOURCE = "/demo-school";

    private final EventCodec codec = new EventCodec();
    private final List<Future<?>> unacknowledged = new ArrayList<>();
    private final Producer<byte[], byte[]> producer;

    PlatformPublisher(String bootstrapServers) {
        Map<String, Object> settings = Map.of("bootstrap.servers", bootstrapServers, "acks", "all");
        producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    <T> void publish(String topic, String key, EventType<T> type, T data) {
        EventId id = new EventId(SOURCE, UUID.randomUUID().toString());
        byte[] keyBytes = key.getBytes(StandardCharsets.UTF_8);
        unacknowledged.add(producer.send(codec.encode(topic, keyBytes, null, Event.of(id, type, Instant.now(), data))));
    }

    /**
     * Waits until all is acknowledged.
     *
     * @throws ProcessFailedException when it is not
     */
    @Override
    public void close() {
        try (producer) {
            for (Future<?> one : unacknowledged) {
                one.get(30, TimeUnit.SECONDS);
            }
        } catch (ExecutionException | TimeoutException e) {
            throw new ProcessFailedException("the demo school cannot be published: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProcessFailedException("interrupted while publishing the demo school", e);
        }
    }
}
