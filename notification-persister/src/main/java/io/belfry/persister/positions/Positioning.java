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

/**
 * Keeps a consumer where the stored positions say, also when they go back: a database that was restored lacks what was
 * applied since. Not safe for use by more than one thread.
 */
final class Positioning {

    private static final Logger LOG = LoggerFactory.getLogger(Positioning.class);

    private static final Duration TIME_LIMIT = Duration.ofSeconds(3);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    private final StoredPositions positions;
    private final Set<TopicPartition> toBeSought = new HashSet<>();

    /** No stored position was ever lower in the history that we know. */
    private final Map<TopicPartition, Long> known = new HashMap<>();

    private long looked = System.nanoTime();

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
        Map<TopicPartition, Long> stored = look(mine);
        // What was read before the seek comes again, or is not wanted.
        mine.removeAll(seek(consumer));
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

    /** What is known of these, beside which no lower position may be moved. */
    Map<TopicPartition, Long> known() {
        return known;
    }

    /** The stored position of this partition is there now. */
    void moved(TopicPartition partition, long next) {
        known.merge(partition, next, Math::max);
    }

    /**
     * Nothing is under way and nothing came: moves the stored positions to the consumer's, which has passed what is no
     * record (the marks of transactions, what compaction took), or they would never reach the end.
     */
    void idle(Consumer<?, ?> consumer) {
        if (System.nanoTime() - looked > LOOK_EVERY.toNanos()) {
            var unused = look(consumer.assignment());
        }
        seek(consumer);
        Map<TopicPartition, Long> ahead = new HashMap<>();
        for (TopicPartition partition : consumer.assignment()) {
            long position = consumer.position(partition, TIME_LIMIT);
            if (position > known.getOrDefault(partition, 0L)) {
                ahead.put(partition, position);
            }
        }
        if (!ahead.isEmpty()) {
            positions.advanceFrom(known, ahead);
            known.putAll(ahead);
        }
    }

    /** Reads the stored positions. Where one has gone back, so will the next seek. */
    private Map<TopicPartition, Long> look(Collection<TopicPartition> partitions) {
        Map<TopicPartition, Long> stored = positions.read(partitions);
        stored.forEach((partition, next) -> {
            long before = known.getOrDefault(partition, 0L);
            if (next < before) {
                LOG.warn(
                        "{} was applied up to {}, and the database has it up to {}: it was put back, and is given the rest again",
                        partition,
                        before,
                        next);
                toBeSought.add(partition);
            }
            known.put(partition, next);
        });
        looked = System.nanoTime();
        return stored;
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
