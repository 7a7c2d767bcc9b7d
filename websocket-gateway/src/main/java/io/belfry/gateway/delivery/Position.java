package io.belfry.gateway.delivery;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a gateway reads: every partition of its topics; those of its start from their end, those that appear later from
 * their start. Used by the delivery thread alone.
 */
final class Position {

    private static final Logger LOG = LoggerFactory.getLogger(Position.class);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Consumer<byte[], byte[]> consumer;
    private final List<String> topics;

    Position(Consumer<byte[], byte[]> consumer, List<String> topics) {
        this.consumer = consumer;
        this.topics = topics;
    }

    /**
     * Goes to the end of everything there is.
     *
     * @return whether the place in every partition of every topic is known; if not, ask again
     */
    boolean findEnd() {
        Set<TopicPartition> all = new HashSet<>();
        for (String topic : topics) {
            List<TopicPartition> partitions = partitions(topic);
            if (partitions.isEmpty()) {
                return false;
            }
            all.addAll(partitions);
        }
        consumer.assign(all);
        return toEnd(all);
    }

    /** As {@link #findEnd}, of partitions that are read already. */
    boolean toEnd(Collection<TopicPartition> partitions) {
        try {
            consumer.seekToEnd(partitions);
            partitions.forEach(partition -> consumer.position(partition, PATIENCE));
            return true;
        } catch (TimeoutException e) {
            return false;
        }
    }

    /** Adds partitions that have appeared. */
    void findNew() {
        Set<TopicPartition> added = new HashSet<>();
        topics.forEach(topic -> added.addAll(partitions(topic)));
        added.removeAll(consumer.assignment());
        if (!added.isEmpty()) {
            Set<TopicPartition> all = new HashSet<>(consumer.assignment());
            all.addAll(added);
            consumer.assign(all);
            consumer.seekToBeginning(added);
            LOG.info("new partitions: {}", added);
        }
    }

    private List<TopicPartition> partitions(String topic) {
        try {
            List<PartitionInfo> partitions = consumer.partitionsFor(topic, PATIENCE);
            return partitions == null
                    ? List.of()
                    : partitions.stream()
                            .map(partition -> new TopicPartition(topic, partition.partition()))
                            .toList();
        } catch (TimeoutException e) {
            return List.of();
        }
    }
}
