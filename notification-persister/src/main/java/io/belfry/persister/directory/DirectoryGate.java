package io.belfry.persister.directory;

import io.belfry.events.names.Topics;
import io.belfry.persister.pipeline.StoredPositions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * Whether the directory knows what the platform has said: compares its topics' ends with the stored positions. Safe for
 * use by many threads.
 */
public final class DirectoryGate {

    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);
    private static final int BROKER_LIMIT_SECONDS = 5;

    private final Supplier<Admin> admin;
    private final StoredPositions positions;
    private final List<TopicPartition> partitions;
    private volatile boolean caughtUp;

    public DirectoryGate(Supplier<Admin> admin, StoredPositions positions, Topics topics) {
        this.admin = admin;
        this.positions = positions;
        this.partitions = topics.platform().stream()
                .map(topic -> new TopicPartition(topic, 0))
                .toList();
    }

    /**
     * Waits until everything that is in the platform's topics at this moment is applied, by whichever process.
     *
     * @param limit at most about that long
     * @return whether it is
     * @throws RuntimeException if broker or database do not answer
     */
    public boolean awaitCaughtUp(Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        Map<TopicPartition, Long> ends = ends();
        while (true) {
            if (reaches(ends)) {
                caughtUp = true;
                return true;
            }
            if (System.nanoTime() - end > 0) {
                caughtUp = false;
                return false;
            }
            pause();
        }
    }

    /** What the last look found; false before the first. */
    public boolean isCaughtUp() {
        return caughtUp;
    }

    private boolean reaches(Map<TopicPartition, Long> ends) {
        Map<TopicPartition, Long> applied = positions.read(partitions);
        return ends.entrySet().stream().allMatch(end -> applied.getOrDefault(end.getKey(), 0L) >= end.getValue());
    }

    private Map<TopicPartition, Long> ends() {
        Map<TopicPartition, OffsetSpec> latest =
                partitions.stream().collect(Collectors.toMap(partition -> partition, unused -> OffsetSpec.latest()));
        try {
            return admin
                    .get()
                    .listOffsets(latest, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                    .all()
                    .get(BROKER_LIMIT_SECONDS, TimeUnit.SECONDS)
                    .entrySet()
                    .stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey, end -> end.getValue().offset()));
        } catch (ExecutionException | TimeoutException e) {
            throw new KafkaException("the ends of the platform's topics are not known", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted", e);
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted", e);
        }
    }
}
