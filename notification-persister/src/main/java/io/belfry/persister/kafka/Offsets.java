package io.belfry.persister.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How far each partition is done, and what of that the broker knows. Not safe for use by more than one thread. */
public final class Offsets {

    private static final Logger LOG = LoggerFactory.getLogger(Offsets.class);

    private static final Duration TIME_LIMIT = Duration.ofSeconds(3);

    private final Map<TopicPartition, Long> done = new HashMap<>();
    private final Map<TopicPartition, Long> committed = new HashMap<>();

    /** @param next everything below it is done or held */
    public void done(TopicPartition partition, long next) {
        done.put(partition, next);
    }

    /**
     * Commits what is done. If the broker does not take it now, the next call tries again: what is read twice is
     * stored once all the same.
     *
     * @param held the first offset of a partition that must not be passed
     */
    public void commit(Consumer<?, ?> consumer, Function<TopicPartition, OptionalLong> held) {
        Map<TopicPartition, OffsetAndMetadata> news = new HashMap<>();
        done.forEach((partition, next) -> {
            long offset = Math.min(next, held.apply(partition).orElse(next));
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

    public void drop(Collection<TopicPartition> partitions) {
        partitions.forEach(done::remove);
        partitions.forEach(committed::remove);
    }

    public void clear() {
        done.clear();
        committed.clear();
    }
}
