package io.belfry.persister.positions;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps a consumer where the stored positions say. Not safe for use by more than one thread. */
final class Positioning {

    private static final Logger LOG = LoggerFactory.getLogger(Positioning.class);

    private static final Duration TIME_LIMIT = Duration.ofSeconds(3);

    private final StoredPositions positions;
    private final Set<TopicPartition> toBeSought = new HashSet<>();
    private final Map<TopicPartition, Long> known = new HashMap<>();

    Positioning(StoredPositions positions) {
        this.positions = positions;
    }

    void assigned(Collection<TopicPartition> partitions) {
        toBeSought.addAll(partitions);
    }

    void released(Collection<TopicPartition> partitions) {
        toBeSought.removeAll(partitions);
        partitions.forEach(known::remove);
    }

    void clear() {
        toBeSought.clear();
        known.clear();
    }

    /** Of these records, those that are ours, in the place where we read on, and not applied yet. */
    List<ConsumerRecord<byte[], byte[]>> fresh(List<ConsumerRecord<byte[], byte[]>> records, Consumer<?, ?> consumer) {
        Set<TopicPartition> mine = new HashSet<>(consumer.assignment());
        // What was read before the seek comes again, or is not wanted.
        mine.removeAll(seek(consumer));
        Map<TopicPartition, Long> stored = positions.read(mine);
        known.putAll(stored);
        List<ConsumerRecord<byte[], byte[]>> fresh = new ArrayList<>(records.size());
        for (ConsumerRecord<byte[], byte[]> record : records) {
            TopicPartition partition = Positioned.partition(record);
            if (mine.contains(partition)) {
                if (record.offset() >= stored.getOrDefault(partition, 0L)) {
                    fresh.add(record);
                } else {
                    // Applied by another, or the topic was made anew behind our back: the next seek finds out.
                    toBeSought.add(partition);
                }
            }
        }
        return fresh;
    }

    /**
     * Nothing is under way and nothing came: moves the stored positions to the consumer's, which has passed what is no
     * record (the marks of transactions, what compaction took), or they would never reach the end.
     */
    void idle(Consumer<?, ?> consumer) {
        seek(consumer);
        Map<TopicPartition, Long> ahead = new HashMap<>();
        for (TopicPartition partition : consumer.assignment()) {
            long position = consumer.position(partition, TIME_LIMIT);
            if (position > known.getOrDefault(partition, 0L)) {
                ahead.put(partition, position);
            }
        }
        if (!ahead.isEmpty()) {
            positions.advance(ahead);
            known.putAll(ahead);
        }
    }

    private Set<TopicPartition> seek(Consumer<?, ?> consumer) {
        Set<TopicPartition> seeking = new HashSet<>(toBeSought);
        seeking.retainAll(consumer.assignment());
        if (seeking.isEmpty()) {
            return seeking;
        }
        Map<TopicPartition, Long> stored = positions.read(seeking);
        Map<TopicPartition, Long> ends = consumer.endOffsets(seeking, TIME_LIMIT);
        for (TopicPartition partition : seeking) {
            long next = stored.getOrDefault(partition, 0L);
            long end = ends.getOrDefault(partition, 0L);
            if (next > end) {
                LOG.warn(
                        "{} ends at {} and was applied up to {}: it was made anew, and is read from its start",
                        partition,
                        end,
                        next);
                positions.reset(partition);
                next = 0;
            }
            consumer.seek(partition, next);
            known.put(partition, next);
        }
        toBeSought.removeAll(seeking);
        return seeking;
    }
}
