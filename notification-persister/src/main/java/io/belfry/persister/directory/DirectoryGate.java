package io.belfry.persister.directory;

import io.belfry.events.names.Topics;
import io.belfry.persister.fanout.RequestHandler;
import io.belfry.persister.pipeline.StoredPositions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/**
 * Whether the directory knows what the platform has said: compares its topics' ends with the stored positions. Safe for
 * use by many threads.
 */
public final class DirectoryGate implements RequestHandler.Directory {

    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);
    private static final Duration BROKER_LIMIT = Duration.ofSeconds(5);

    /** So long a request waits for the directory before others have a turn. */
    private static final Duration WAIT = Duration.ofSeconds(1);

    /** So long rows are locked for an answer of the broker. */
    private static final Duration GLANCE = Duration.ofMillis(100);

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

    @Override
    public boolean awaitCaughtUp() {
        return awaitCaughtUp(WAIT);
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
        try {
            Map<TopicPartition, Long> ends = offsets(ask(), BROKER_LIMIT);
            caughtUp = isReached(ends, positions.read(partitions));
            while (!caughtUp && System.nanoTime() - end < 0) {
                pause();
                caughtUp = isReached(ends, positions.read(partitions));
            }
            return caughtUp;
        } catch (TimeoutException e) {
            throw unknown(e);
        }
    }

    @Override
    public BooleanSupplier look() {
        var asked = ask();
        Map<TopicPartition, Long> applied = positions.read(partitions);
        return () -> {
            try {
                return isReached(offsets(asked, GLANCE), applied);
            } catch (TimeoutException e) {
                return false;
            }
        };
    }

    /** What the last wait found; false before the first. */
    public boolean isCaughtUp() {
        return caughtUp;
    }

    private static boolean isReached(Map<TopicPartition, Long> ends, Map<TopicPartition, Long> applied) {
        return ends.entrySet().stream().allMatch(end -> applied.getOrDefault(end.getKey(), 0L) >= end.getValue());
    }

    private KafkaFuture<Map<TopicPartition, ListOffsetsResultInfo>> ask() {
        Map<TopicPartition, OffsetSpec> latest =
                partitions.stream().collect(Collectors.toMap(partition -> partition, unused -> OffsetSpec.latest()));
        return admin.get()
                .listOffsets(latest, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                .all();
    }

    private static Map<TopicPartition, Long> offsets(
            KafkaFuture<Map<TopicPartition, ListOffsetsResultInfo>> asked, Duration limit) throws TimeoutException {
        try {
            return asked.get(limit.toMillis(), TimeUnit.MILLISECONDS).entrySet().stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey, end -> end.getValue().offset()));
        } catch (ExecutionException e) {
            throw unknown(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted", e);
        }
    }

    private static KafkaException unknown(Exception cause) {
        return new KafkaException("the ends of the platform's topics are not known", cause);
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
