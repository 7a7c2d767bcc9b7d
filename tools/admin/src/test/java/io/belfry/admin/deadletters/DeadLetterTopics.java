package io.belfry.admin.deadletters;

import io.belfry.admin.AdminSettings;
import io.belfry.admin.Outcome;
import io.belfry.events.names.Topics;
import io.belfry.kit.kafka.TopicReader;
import io.belfry.kit.servers.TestServers;
import io.belfry.runtime.kafka.KafkaAccess;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** An installation of its own on the tests' broker: its topics, and what the persister leaves in them. */
final class DeadLetterTopics implements AutoCloseable {

    static final int PARTITIONS = 2;

    private final String bootstrap = TestServers.shared().kafka().bootstrapServers();
    final KafkaAccess kafka = KafkaAccess.plain(bootstrap);
    final Topics topics = new Topics("box" + System.nanoTime() + ".");
    private final KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrap, "acks", "all", "linger.ms", 0, "max.request.size", 3_000_000),
            new ByteArraySerializer(),
            new ByteArraySerializer());

    DeadLetterTopics() throws Exception {
        List<NewTopic> all = new ArrayList<>();
        for (String topic : topics.consumedByPersister()) {
            boolean compacted = topics.platform().contains(topic);
            int partitions = compacted ? 1 : PARTITIONS;
            all.add(new NewTopic(topic, partitions, (short) 1)
                    .configs(Map.of("cleanup.policy", compacted ? "compact" : "delete")));
            // Kept for ever: some tests write dead letters of long ago, which the broker's next check would delete.
            all.add(new NewTopic(Topics.deadLetter(topic), partitions, (short) 1)
                    .configs(Map.of("max.message.bytes", "2097152", "retention.ms", "-1")));
        }
        all.add(new NewTopic(topics.prefix() + "aside", 1, (short) 1));
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            admin.createTopics(all).all().get(30, TimeUnit.SECONDS);
        }
    }

    /** Without a database. */
    Outcome run(String command, String... options) {
        List<String> words = new ArrayList<>(List.of("dead-letters", command));
        words.addAll(List.of(options));
        if (!command.equals("list")) {
            words.add("--unaudited");
        }
        return Outcome.of(new AdminSettings(kafka, topics, "", "", ""), words.toArray(String[]::new));
    }

    /** A dead letter of this topic as the persister leaves it, set aside now; to {@code partition} 0. */
    RecordMetadata deadLetter(String topic, String reason, String key, String value, Header... headers) {
        return deadLetter(topic, reason, 0, 0, bytes(key), bytes(value), null, headers);
    }

    RecordMetadata deadLetter(
            String topic,
            String reason,
            int partition,
            long originalOffset,
            byte @Nullable [] key,
            byte @Nullable [] value,
            @Nullable Instant setAside,
            Header... headers) {
        Headers all = new RecordHeaders(headers);
        Stream.of(
                        header("belfry-error", reason),
                        header("belfry-error-detail", "because"),
                        header("belfry-original-topic", topic),
                        header("belfry-original-partition", "0"),
                        header("belfry-original-offset", Long.toString(originalOffset)))
                .forEach(all::add);
        return send(new ProducerRecord<>(
                Topics.deadLetter(topic),
                partition,
                setAside == null ? null : setAside.toEpochMilli(),
                key,
                value,
                all));
    }

    RecordMetadata send(ProducerRecord<byte[], byte[]> record) {
        try {
            return producer.send(record).get(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** All of a topic as of now. */
    List<ConsumerRecord<byte[], byte[]>> read(String topic) {
        try (TopicReader reader = new TopicReader(bootstrap, topic)) {
            return reader.readOn();
        }
    }

    static Header header(String name, String text) {
        return header(name, bytes(text));
    }

    static Header header(String name, byte @Nullable [] value) {
        return new RecordHeader(name, value);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        producer.close();
    }
}
