package io.belfry.persister.pipeline;

import io.belfry.persister.pipeline.Pipeline.Positions;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The positions of a consumer group in Kafka. Not safe for use by more than one thread. */
final class Offsets implements Positions {

    private static final Logger LOG = LoggerFactory.getLogger(Offsets.class);

    private static final Duration TIME_LIMIT = Duration.ofSeconds(3);

    private final Function<TopicPartition, OptionalLong> firstQueued;
    private final Map<TopicPartition, Long> committed = new HashMap<>();

    /** @param firstQueued the first offset of a partition that must not be passed */
    Offsets(Function<TopicPartition, OptionalLong> firstQueued) {
        this.firstQueued = firstQueued;
    }

    /** Those that are ours: after a back-off a partition may have moved away. */
    @Override
    public List<ConsumerRecord<byte[], byte[]>> fresh(
            List<ConsumerRecord<byte[], byte[]>> batch, Consumer<?, ?> consumer) {
        Set<TopicPartition> assigned = consumer.assignment();
        return batch.stream()
                .filter(record -> assigned.contains(Handler.partition(record)))
                .toList();
    }

    /**
     * If the broker does not take it now, the next call tries again: a record that is read twice is stored once all the
     * same.
     */
    @Override
    public void commit(Map<TopicPartition, Long> done, Consumer<?, ?> consumer) {
        Map<TopicPartition, OffsetAndMetadata> news = new HashMap<>();
        done.forEach((partition, next) -> {
            long offset = Math.min(next, firstQueued.apply(partition).orElse(next));
            if (!Long.valueOf(offset).equals(committed.get(partition))) {
                news.put(partition, new OffsetAndMetadata(offset));
            }
        });
        if (news.isEmpty()) {
            return;
        }
        try {
            consumer.commitSync(news, TIME_LIMIT);
            news.forEach((partition, offset) -> committed.put(partition, offset.offset()));
        } catch (KafkaException e) {
            LOG.warn("Offsets are not committed yet: {}", e.toString());
        }
    }

    @Override
    public void assigned(Collection<TopicPartition> partitions) {
        // The consumer knows where the group is.
    }

    @Override
    public void released(Collection<TopicPartition> partitions) {
        partitions.forEach(committed::remove);
    }

    @Override
    public void clear() {
        committed.clear();
    }
}
