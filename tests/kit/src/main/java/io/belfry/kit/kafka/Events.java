package io.belfry.kit.kafka;

import io.belfry.kit.contract.Json;
import io.belfry.kit.database.Database.Entry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The topics as any service of the platform writes and reads them: plain records, headers set by hand. */
public final class Events {

    /** The source of events that tests publish without saying otherwise. */
    public static final String SOURCE = "/e2e";

    public static final String REQUESTED = "notifications.requested";
    public static final String DEAD_LETTERS = REQUESTED + ".dlt";
    public static final String STORED = "notifications.stored";
    private static final String PERSISTERS = "notification-persister";
    static final String REQUESTED_TYPE = "belfry.notification.requested.v1";

    private final String bootstrapServers;
    private final String prefix;
    private final KafkaProducer<byte[], byte[]> producer;

    public Events(String bootstrapServers, String prefix) {
        this.bootstrapServers = bootstrapServers;
        this.prefix = prefix;
        this.producer = new KafkaProducer<>(
                // KAFKA-15591: of a topic that has just been made, the first of several in flight can be lost.
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "acks",
                        "all",
                        "linger.ms",
                        0,
                        "max.in.flight.requests.per.connection",
                        1),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    public String bootstrapServers() {
        return bootstrapServers;
    }

    public String topic(String name) {
        return prefix + name;
    }

    /** A record to be published. It is never compared with another. */
    @SuppressWarnings("ArrayRecordComponent")
    public record Draft(
            String topic,
            @Nullable Integer partition,
            byte @Nullable [] key,
            byte @Nullable [] value,
            Map<String, String> headers) {

        public Draft partition(int chosen) {
            return new Draft(topic, chosen, key, value, headers);
        }

        public Draft key(String text) {
            return new Draft(topic, partition, text.getBytes(StandardCharsets.UTF_8), value, headers);
        }

        public Draft value(byte @Nullable [] bytes) {
            return new Draft(topic, partition, key, bytes, headers);
        }

        public Draft header(String name, String text) {
            Map<String, String> more = new LinkedHashMap<>(headers);
            more.put(name, text);
            return new Draft(topic, partition, key, value, more);
        }

        public Draft without(String header) {
            Map<String, String> fewer = new LinkedHashMap<>(headers);
            fewer.remove(header);
            return new Draft(topic, partition, key, value, fewer);
        }
    }

    /** An event in binary mode. */
    public static Draft event(String topic, String type, String source, String id, JsonNode data) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("ce_specversion", "1.0");
        headers.put("ce_id", id);
        headers.put("ce_source", source);
        headers.put("ce_type", type);
        headers.put("content-type", "application/json");
        return new Draft(topic, null, null, Json.bytes(data), headers);
    }

    /** A request under this id. */
    public static Draft request(String id, JsonNode data) {
        return event(REQUESTED, REQUESTED_TYPE, SOURCE, id, data);
    }

    /** Asks for one notification to these users; returns the event's id. */
    public String request(List<Long> users, String title) {
        String id = newId();
        publish(request(id, message(users, title)));
        return id;
    }

    public static String newId() {
        return UUID.randomUUID().toString();
    }

    /** The data of a plain request. */
    public static JsonNode message(List<Long> users, String title) {
        return message(Map.of("users", users), title);
    }

    public static JsonNode message(Map<String, ?> audience, String title) {
        return Json.object(
                "audience", audience, "notification_type", "message", "title", title, "message", "Text of " + title);
    }

    /** Publishes and waits for the acknowledgement. */
    public void publish(Draft draft) {
        publishAll(List.of(draft));
    }

    /** Publishes all, then waits for every acknowledgement. */
    public void publishAll(List<Draft> drafts) {
        CompletableFuture.allOf(drafts.stream().map(this::publishLater).toArray(CompletableFuture[]::new))
                .orTimeout(120, TimeUnit.SECONDS)
                .join();
    }

    /** Publishes; completes with the acknowledgement. */
    public CompletableFuture<Void> publishLater(Draft draft) {
        CompletableFuture<Void> acknowledged = new CompletableFuture<>();
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(topic(draft.topic()), draft.partition(), draft.key(), draft.value());
        draft.headers().forEach((name, text) -> record.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
        var unused = producer.send(record, (metadata, failure) -> {
            if (failure == null) {
                acknowledged.complete(null);
            } else {
                acknowledged.completeExceptionally(failure);
            }
        });
        return acknowledged;
    }

    /** How many requests the persisters have not finished. */
    public long lag() {
        // It asks for the group's offsets and does not join it.
        try (KafkaConsumer<byte[], byte[]> group = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "group.id", prefix + PERSISTERS),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> all = producer.partitionsFor(topic(REQUESTED)).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            Map<TopicPartition, OffsetAndMetadata> done = group.committed(Set.copyOf(all));
            return group.endOffsets(all).entrySet().stream()
                    .mapToLong(end -> end.getValue()
                            - Optional.ofNullable(done.get(end.getKey()))
                                    .map(OffsetAndMetadata::offset)
                                    .orElse(0L))
                    .sum();
        }
    }

    public int partitions(String topic) {
        return producer.partitionsFor(topic(topic)).size();
    }

    /** Everything in a topic as of now, in order within each partition. */
    public List<ConsumerRecord<byte[], byte[]>> read(String topic) {
        try (TopicReader reader = new TopicReader(bootstrapServers, topic(topic))) {
            return reader.readOn();
        }
    }

    /** What these records of {@code notifications.stored} say, in the order of users and numbers. */
    public static List<Entry> announced(Collection<ConsumerRecord<byte[], byte[]>> records) {
        List<Entry> announced = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            JsonNode event = Json.parse(record.value());
            long notification = event.path("notification").path("id").longValue();
            for (JsonNode recipient : event.path("recipients")) {
                announced.add(new Entry(
                        notification,
                        recipient.path("user").longValue(),
                        recipient.path("seq").longValue(),
                        recipient.path("unread").longValue()));
            }
        }
        announced.sort(Comparator.comparingLong(Entry::user).thenComparingLong(Entry::seq));
        return announced;
    }

    public static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        var header = record.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }
}
