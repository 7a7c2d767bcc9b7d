package io.belfry.persister.positions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.belfry.persister.support.PersisterTest;
import io.belfry.persister.support.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.dao.OptimisticLockingFailureException;

/** Records and positions move together, whoever applies them and however late. */
class PositionedWritesIT extends PersisterTest {

    private TestDatabase database;
    private StoredPositions positions;
    private final ConcurrentLinkedQueue<String> applied = new ConcurrentLinkedQueue<>();

    @BeforeAll
    void open() {
        installation.migrated();
        database = new TestDatabase(installation.settings());
        positions = StoredPositions.ofCommands(database.jdbc());
    }

    @AfterAll
    void close() {
        database.close();
    }

    @Test
    void writesNothingThatAnotherHasAppliedMeanwhile() {
        PositionedWrites<String> writes = writes(false);
        writes.apply(records("zombie", 0, 3), Map.of());
        writes.apply(records("zombie", 1, 5), Map.of());
        writes.apply(records("zombie", 0, 4), Map.of());
        assertThat(applied)
                .filteredOn(one -> one.startsWith("zombie"))
                .containsExactly("zombie@0", "zombie@1", "zombie@2", "zombie@3", "zombie@4");
        assertThat(position("zombie")).isEqualTo(5);
    }

    @Test
    void leavesThePositionWhereItWasWhenApplyingFails() {
        assertThatThrownBy(() -> writes(true).apply(records("fails", 0, 2), Map.of()))
                .isInstanceOf(IllegalStateException.class);
        assertThat(position("fails")).isZero();
    }

    @Test
    void writesNothingWhereThePositionWentBackMeanwhile() {
        writes(false).apply(records("back", 0, 3), Map.of());
        Map<TopicPartition, Long> known = Map.of(new TopicPartition("back", 0), 5L);
        assertThatThrownBy(() -> writes(false).apply(records("back", 5, 7), known))
                .isInstanceOf(OptimisticLockingFailureException.class);
        assertThat(applied).filteredOn(one -> one.startsWith("back")).hasSize(3);
        positions.advanceFrom(known, Map.of(new TopicPartition("back", 0), 7L));
        assertThat(position("back")).isEqualTo(3);

        Map<TopicPartition, Long> there = Map.of(new TopicPartition("back", 0), 3L);
        positions.advanceFrom(there, Map.of(new TopicPartition("back", 0), 7L));
        assertThat(position("back")).isEqualTo(7);
    }

    @Test
    void movesThePositionPastWhatIsSetAside() {
        writes(false).apply(List.of(new Positioned<>(record("aside", 0), null)), Map.of());
        assertThat(position("aside")).isEqualTo(1);
        assertThat(applied).noneMatch(one -> one.startsWith("aside"));
    }

    @Test
    void appliesEachRecordOnceHoweverManyTryAtOnce() throws Exception {
        var threads = Executors.newFixedThreadPool(6);
        try {
            List<java.util.concurrent.Callable<Void>> work = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                int from = i;
                work.add(() -> {
                    writes(false).apply(records("many", from / 3, from / 3 + 10), Map.of());
                    return null;
                });
            }
            for (var one : threads.invokeAll(work)) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(applied).filteredOn(one -> one.startsWith("many")).doesNotHaveDuplicates();
    }

    private PositionedWrites<String> writes(boolean failing) {
        return new PositionedWrites<>(database.transactions(), positions, new Applier<>() {
            @Override
            public String decode(ConsumerRecord<byte[], byte[]> record) {
                throw new UnsupportedOperationException();
            }

            @Override
            public Runnable apply(List<String> changes) {
                if (failing) {
                    throw new IllegalStateException("no");
                }
                applied.addAll(changes);
                return () -> {};
            }
        });
    }

    private long position(String topic) {
        TopicPartition partition = new TopicPartition(topic, 0);
        Map<TopicPartition, Long> read = positions.read(List.of(partition));
        return read.get(partition);
    }

    private static List<Positioned<String>> records(String topic, long from, long to) {
        return LongStream.range(from, to)
                .mapToObj(offset -> new Positioned<>(record(topic, offset), topic + "@" + offset))
                .toList();
    }

    private static ConsumerRecord<byte[], byte[]> record(String topic, long offset) {
        return new ConsumerRecord<>(topic, 0, offset, null, null);
    }
}
