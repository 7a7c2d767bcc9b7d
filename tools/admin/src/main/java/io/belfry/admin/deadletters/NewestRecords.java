package io.belfry.admin.deadletters;

import io.belfry.admin.PartitionReader;
import io.belfry.runtime.kafka.KafkaAccess;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Of compacted topics the newest record of each key in question, followed to their present end whenever it is asked for.
 * Not thread-safe.
 *
 * <p>Compaction keeps the newest record of a key. So a dead letter whose record is still the newest has been followed by nothing;
 * one whose key is no longer there at all was followed by a deletion that is itself gone by now.
 */
final class NewestRecords implements AutoCloseable {

    private record Key(String topic, ByteBuffer bytes) {}

    private record Newest(int partition, long offset, ByteBuffer digest) {}

    private final PartitionReader reader;
    private final Set<Key> wanted = new HashSet<>();
    private final Map<Key, Newest> newest = new HashMap<>();
    private final Map<TopicPartition, Long> positions = new HashMap<>();

    NewestRecords(KafkaAccess kafka) {
        reader = new PartitionReader(kafka);
    }

    /** To be called for every dead letter before any is asked for. */
    void follow(DeadLetterRecord deadLetter) {
        Key key = key(deadLetter.originalTopic(), deadLetter.record().key());
        if (key != null) {
            wanted.add(key);
        }
    }

    /** Whether the letter's own record is the newest of its key. */
    boolean isOf(DeadLetterRecord deadLetter) {
        Key key = key(deadLetter.originalTopic(), deadLetter.record().key());
        if (key == null) {
            return false;
        }
        catchUp(key.topic());
        Newest found = newest.get(key);
        return found != null
                && deadLetter.cameFrom(found.partition(), found.offset())
                && found.digest().equals(digest(deadLetter.record()));
    }

    @Override
    public void close() {
        reader.close();
    }

    private void catchUp(String topic) {
        if (positions.keySet().stream().noneMatch(partition -> partition.topic().equals(topic))) {
            reader.partitions(topic).forEach(partition -> positions.put(partition, reader.beginning(partition)));
        }
        positions.replaceAll((partition, position) -> {
            if (!partition.topic().equals(topic)) {
                return position;
            }
            long end = reader.end(partition);
            reader.read(partition, position, end, this::note);
            return end;
        });
    }

    private void note(ConsumerRecord<byte[], byte[]> record) {
        Key key = key(record.topic(), record.key());
        if (key != null && wanted.contains(key)) {
            newest.put(key, new Newest(record.partition(), record.offset(), digest(record)));
        }
    }

    private static @Nullable Key key(@Nullable String topic, byte @Nullable [] bytes) {
        return topic == null || bytes == null ? null : new Key(topic, ByteBuffer.wrap(bytes));
    }

    private static ByteBuffer digest(ConsumerRecord<byte[], byte[]> record) {
        return Digest.of("", null, record.value(), List.of());
    }
}
