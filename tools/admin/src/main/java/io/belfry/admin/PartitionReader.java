package io.belfry.admin;

import static java.util.Map.entry;

import io.belfry.runtime.kafka.KafkaAccess;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads parts of topics without a group: no position moves, nothing is left behind. Not thread-safe. */
public final class PartitionReader implements AutoCloseable {

    private static final int MEBIBYTE = 1024 * 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final KafkaConsumer<byte[], byte[]> consumer;

    public PartitionReader(KafkaAccess kafka) {
        Map<String, Object> settings = kafka.with(Map.ofEntries(
                entry("isolation.level", "read_committed"),
                // Records that are removed while they are read are no longer there, which is no failure.
                entry("auto.offset.reset", "earliest"),
                entry("allow.auto.create.topics", false),
                entry("default.api.timeout.ms", (int) PATIENCE.toMillis()),
                entry("request.timeout.ms", 5_000),
                // Beyond the last record nothing is waited for.
                entry("fetch.max.wait.ms", 20),
                // A record has up to 2 MiB, and this runs in a small heap.
                entry("fetch.max.bytes", 8 * MEBIBYTE)));
        consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** Ascending; empty if there is no such topic. */
    public List<TopicPartition> partitions(String topic) {
        return consumer.listTopics().getOrDefault(topic, List.of()).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .sorted((one, other) -> Integer.compare(one.partition(), other.partition()))
                .toList();
    }

    public long beginning(TopicPartition partition) {
        return consumer.beginningOffsets(List.of(partition)).getOrDefault(partition, 0L);
    }

    public long end(TopicPartition partition) {
        return consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
    }

    /** Before it there is nothing of that time or later; the end if there is nothing of it at all. */
    public long firstSince(TopicPartition partition, Instant time) {
        OffsetAndTimestamp first =
                consumer.offsetsForTimes(Map.of(partition, time.toEpochMilli())).get(partition);
        return first == null ? end(partition) : first.offset();
    }

    /**
     * Hands over what lies there in order. {@code each} may take its time, and may not use this reader.
     *
     * @param end exclusive; not after the present end
     * @throws TimeoutException if the broker stops answering
     */
    public void read(TopicPartition partition, long from, long end, Consumer<ConsumerRecord<byte[], byte[]>> each) {
        if (from >= end) {
            return;
        }
        consumer.assign(List.of(partition));
        consumer.seek(partition, from);
        long position = from;
        long moved = System.nanoTime();
        while (position < end) {
            for (ConsumerRecord<byte[], byte[]> record :
                    consumer.poll(Duration.ofMillis(200)).records(partition)) {
                if (record.offset() < end) {
                    each.accept(record);
                }
            }
            long now = consumer.position(partition);
            if (now != position) {
                position = now;
                moved = System.nanoTime();
            } else if (System.nanoTime() - moved > PATIENCE.toNanos()) {
                throw new TimeoutException("it does not answer any more");
            }
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
