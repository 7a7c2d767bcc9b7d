package io.belfry.admin.deadletters;

import io.belfry.admin.CommandFailedException;
import io.belfry.admin.PartitionReader;
import io.belfry.events.names.Topics;
import io.belfry.runtime.kafka.KafkaAccess;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** The dead letters that are there now; what is set aside later does not come into it. Not thread-safe. */
final class DeadLetterReader implements AutoCloseable {

    private final PartitionReader reader;
    /** In the order of reading. */
    private final Map<TopicPartition, Long> ends = new LinkedHashMap<>();

    DeadLetterReader(KafkaAccess kafka, Topics topics) {
        reader = new PartitionReader(kafka);
        try {
            for (String topic : Selection.all(topics)) {
                for (TopicPartition partition : reader.partitions(topic)) {
                    ends.put(partition, reader.end(partition));
                }
            }
        } catch (RuntimeException e) {
            reader.close();
            throw e;
        }
        if (ends.isEmpty()) {
            reader.close();
            throw new CommandFailedException("no topic of dead letters at " + kafka
                    + (topics.prefix().isEmpty() ? "" : " that begins with " + topics.prefix())
                    + ": the persister makes them when it first starts");
        }
    }

    /** Topic by topic, partition by partition, oldest first. */
    void each(Selection selection, Consumer<DeadLetterRecord> each) {
        ends.keySet().stream().map(TopicPartition::topic).distinct().forEach(topic -> each(topic, selection, each));
    }

    /** As {@link #each}, of one topic. */
    void each(String topic, Selection selection, Consumer<DeadLetterRecord> each) {
        if (selection.topic() != null && !selection.topic().equals(topic)) {
            return;
        }
        ends.forEach((partition, end) -> {
            if (partition.topic().equals(topic)) {
                reader.read(partition, first(partition, selection.since()), end, record -> {
                    DeadLetterRecord deadLetter = new DeadLetterRecord(record);
                    if (selection.includes(deadLetter)) {
                        each.accept(deadLetter);
                    }
                });
            }
        });
    }

    /** @throws CommandFailedException if there is none of this name; asking does not make it */
    void requireTopic(String topic) {
        if (reader.partitions(topic).isEmpty()) {
            throw new CommandFailedException("there is no topic " + topic);
        }
    }

    Optional<DeadLetterRecord> at(TopicPartition partition, long offset) {
        Long end = ends.get(partition);
        if (end == null || offset >= end || offset < reader.beginning(partition)) {
            return Optional.empty();
        }
        List<DeadLetterRecord> found = new ArrayList<>();
        reader.read(partition, offset, offset + 1, record -> found.add(new DeadLetterRecord(record)));
        return found.stream().findFirst();
    }

    @Override
    public void close() {
        reader.close();
    }

    private long first(TopicPartition partition, @Nullable Instant since) {
        return since == null ? reader.beginning(partition) : reader.firstSince(partition, since);
    }
}
