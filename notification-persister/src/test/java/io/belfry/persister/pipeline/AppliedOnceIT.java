package io.belfry.persister.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.belfry.events.wire.EventCodec;
import io.belfry.events.wire.PoisonCode;
import io.belfry.events.wire.PoisonException;
import io.belfry.persister.announce.Announcements;
import io.belfry.persister.metrics.PersisterMetrics;
import io.belfry.persister.pipeline.AppliedOnce.Applier;
import io.belfry.persister.support.DatabaseTest;
import io.belfry.persister.support.FakeBroker;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.springframework.dao.OptimisticLockingFailureException;

/** Records and positions move together, whichever process applies them and however late. */
class AppliedOnceIT extends DatabaseTest {

    private final StoredPositions positions = StoredPositions.ofCommands(pooled);
    private final ConcurrentLinkedQueue<String> applied = new ConcurrentLinkedQueue<>();

    @Test
    void writesNothingThatAnotherHasAppliedMeanwhile() {
        AppliedOnce<String> late = appliedOnce(false);
        store(appliedOnce(false), "zombie", 0, 3);
        store(appliedOnce(false), "zombie", 1, 5);
        store(late, "zombie", 0, 4);
        assertThat(applied)
                .filteredOn(one -> one.startsWith("zombie"))
                .containsExactly("zombie@0", "zombie@1", "zombie@2", "zombie@3", "zombie@4");
        assertThat(position("zombie")).isEqualTo(5);
    }

    @Test
    void leavesThePositionWhereItWasWhenApplyingFails() {
        assertThatThrownBy(() -> store(appliedOnce(true), "fails", 0, 2)).isInstanceOf(IllegalStateException.class);
        assertThat(position("fails")).isZero();
    }

    @Test
    void writesNothingWhereThePositionWentBackMeanwhile() {
        AppliedOnce<String> running = appliedOnce(false);
        store(running, "back", 0, 5);
        positions.reset(new TopicPartition("back", 0));
        assertThatThrownBy(() -> store(running, "back", 5, 7)).isInstanceOf(OptimisticLockingFailureException.class);
        assertThat(applied).filteredOn(one -> one.startsWith("back")).hasSize(5);
        positions.advanceFrom(Map.of(new TopicPartition("back", 0), 5L), Map.of(new TopicPartition("back", 0), 7L));
        assertThat(position("back")).as("records would be left out").isZero();
        positions.advanceFrom(Map.of(new TopicPartition("back", 0), 0L), Map.of(new TopicPartition("back", 0), 7L));
        assertThat(position("back")).isEqualTo(7);
    }

    @Test
    void appliesEachRecordOnceHoweverManyTryAtOnce() throws Exception {
        var threads = Executors.newFixedThreadPool(6);
        try {
            List<java.util.concurrent.Callable<Void>> work = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                int from = i / 3;
                work.add(() -> {
                    store(appliedOnce(false), "many", from, from + 10);
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

    /** The stored position is what a crash leaves: it must not be past poison that is no dead letter yet. */
    @Test
    void passesPoisonOnlyOnceItIsADeadLetterAndNothingBehindItBefore() {
        AtomicBoolean refusing = new AtomicBoolean(true);
        FakeBroker producer = new FakeBroker("order.dlt", 1, letter -> {
            assertThat(position("order")).isEqualTo(2);
            return refusing.get() ? new TimeoutException("refused") : null;
        });
        PersisterMetrics metrics =
                new PersisterMetrics(new SimpleMeterRegistry(), Clock.systemUTC(), installation.topics());
        Pipeline pipeline = Pipeline.keepingOrder(
                appliedOnce(false),
                new RetryBudgets(Duration.ofMinutes(5), System::nanoTime),
                new Announcements(() -> producer, new EventCodec(), installation.topics(), Clock.systemUTC()),
                new DeadLetters.Writer(() -> producer, metrics),
                () -> false,
                metrics.lag("order"));
        TopicPartition partition = new TopicPartition("order", 0);
        MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
        consumer.assign(List.of(partition));
        consumer.updateEndOffsets(Map.of(partition, 4L));
        List<ConsumerRecord<byte[], byte[]>> batch = new ArrayList<>(records("order", 0, 4));
        batch.set(2, new ConsumerRecord<>("order", 0, 2, null, new byte[] {0}));
        consumer.seek(partition, 4);

        assertThatThrownBy(() -> pipeline.onMessage(batch, consumer)).isInstanceOf(KafkaException.class);
        assertThat(applied).contains("order@1").doesNotContain("order@3");
        assertThat(position("order")).isEqualTo(2);
        refusing.set(false);
        consumer.seek(partition, 4);
        // The topic is left alone for a second.
        eventually().untilAsserted(() -> pipeline.onMessage(batch, consumer));
        assertThat(producer.history()).hasSize(1);
        assertThat(position("order")).isEqualTo(3);
        assertThat(consumer.position(partition))
                .as("sought back to what comes after")
                .isEqualTo(3);
        pipeline.onMessage(batch.subList(3, 4), consumer);
        assertThat(applied).contains("order@3");
    }

    private static void store(AppliedOnce<String> appliedOnce, String topic, long from, long to) {
        appliedOnce.store(
                records(topic, from, to).stream()
                        .map(record -> new Handler.Decoded<>(record, topic + "@" + record.offset()))
                        .toList(),
                new Slice(List.of(), () -> false, System::nanoTime));
    }

    private AppliedOnce<String> appliedOnce(boolean failing) {
        return new AppliedOnce<>(
                new Applier<>() {
                    @Override
                    public String decode(ConsumerRecord<byte[], byte[]> record) {
                        if (record.value() != null) {
                            throw new PoisonException(PoisonCode.NOT_JSON, "no");
                        }
                        return record.topic() + "@" + record.offset();
                    }

                    @Override
                    public Runnable apply(List<String> changes) {
                        if (failing) {
                            throw new IllegalStateException("no");
                        }
                        applied.addAll(changes);
                        return () -> {};
                    }
                },
                transactions,
                positions);
    }

    private long position(String topic) {
        TopicPartition partition = new TopicPartition(topic, 0);
        Map<TopicPartition, Long> read = positions.read(List.of(partition));
        return read.get(partition);
    }

    private static List<ConsumerRecord<byte[], byte[]>> records(String topic, long from, long to) {
        return LongStream.range(from, to)
                .mapToObj(offset -> new ConsumerRecord<byte[], byte[]>(topic, 0, offset, null, null))
                .toList();
    }
}
