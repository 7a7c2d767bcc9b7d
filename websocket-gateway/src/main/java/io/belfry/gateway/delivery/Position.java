package io.belfry.gateway.delivery;

import io.belfry.events.names.Topics;
import io.belfry.events.names.UserShard;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a gateway reads: every partition that users of its shard are in, and all erasures, which are few; those of its start
 * from their end, those that appear later from their start. Used by the delivery thread alone, but for {@link #isShardable}.
 */
final class Position {

    private static final Logger LOG = LoggerFactory.getLogger(Position.class);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Consumer<byte[], byte[]> consumer;
    private final Topics topics;
    private final UserShard shard;
    private final Set<String> unshardable = ConcurrentHashMap.newKeySet();

    Position(Consumer<byte[], byte[]> consumer, Topics topics, UserShard shard) {
        this.consumer = consumer;
        this.topics = topics;
        this.shard = shard;
    }

    private List<String> all() {
        return List.of(topics.stored(), topics.changed(), topics.erasures());
    }

    /** Whether every topic, when it was last looked at, had partitions of one shard each. */
    boolean isShardable() {
        return unshardable.isEmpty();
    }

    /**
     * Goes to the end of everything there is.
     *
     * @return whether the place in every partition of every topic is known; if not, ask again
     */
    boolean findEnd() {
        Set<TopicPartition> all = new HashSet<>();
        for (String topic : all()) {
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

    /** Adds partitions that have appeared; none of a topic that cannot be sharded any more, whose others are read on. */
    void findNew() {
        Set<TopicPartition> added = new HashSet<>();
        all().forEach(topic -> added.addAll(partitions(topic)));
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
            return partitions == null || !isShardable(topic, partitions.size())
                    ? List.of()
                    : partitions.stream()
                            .map(partition -> new TopicPartition(topic, partition.partition()))
                            .filter(this::isRead)
                            .toList();
        } catch (TimeoutException e) {
            return List.of();
        }
    }

    private boolean isRead(TopicPartition partition) {
        return partition.topic().equals(topics.erasures()) || shard.hasPartition(partition.partition());
    }

    private boolean isShardable(String topic, int partitions) {
        if (topic.equals(topics.erasures()) || shard.divides(partitions)) {
            unshardable.remove(topic);
            return true;
        }
        if (unshardable.add(topic)) {
            LOG.error(
                    "not ready: {} has {} partitions, which is no multiple of {}, the number of shards",
                    topic,
                    partitions,
                    shard.count());
        }
        return false;
    }
}
