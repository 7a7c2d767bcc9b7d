package io.belfry.persister.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.belfry.events.InboxChanged;
import io.belfry.events.InboxChanged.Change;
import io.belfry.events.names.Topics;
import io.belfry.events.wire.EventCodec;
import io.belfry.events.wire.PoisonCode;
import io.belfry.events.wire.PoisonException;
import io.belfry.persister.announce.Announcements;
import io.belfry.persister.metrics.PersisterMetrics;
import io.belfry.persister.support.FakeBroker;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;

/**
 * The four lines that no record is lost by, each step of them written down as it happens: what is stored, sent,
 * acknowledged, and committed.
 */
class PipelineTest {

    private static final String TOPIC = "requests";
    private static final String CHANGED = new Topics("").changed();

    /** Taken where all others are refused. */
    private static final byte[] POISON_0 = "poison0".getBytes(StandardCharsets.UTF_8);

    private final TopicPartition partition = new TopicPartition(TOPIC, 0);
    private final List<String> steps = new ArrayList<>();
    private final AtomicLong nanos = new AtomicLong();
    private final SimpleMeterRegistry figures = new SimpleMeterRegistry();

    /** Topics whose next records are sent and never acknowledged. */
    private final Set<String> refusing = new HashSet<>();

    /** Values that the database fails for, and how. */
    private final Map<String, RuntimeException> failing = new HashMap<>();

    /** Values that are stored part by part, and how many parts come before the last. */
    private final Map<String, Integer> parts = new HashMap<>();

    private final List<PoisonCode> rejected = new ArrayList<>();

    private final StepProducer producer = new StepProducer();
    private final Announcements announcements =
            new Announcements(() -> producer, new EventCodec(), new Topics(""), Clock.systemUTC());
    private final PersisterMetrics metrics = new PersisterMetrics(figures, Clock.systemUTC(), new Topics(""));
    private final Pipeline pipeline = Pipeline.ofIndependentRecords(
            new StepHandler(),
            new RetryBudgets(Duration.ofMinutes(5), nanos::get),
            announcements,
            new DeadLetters.Writer(() -> producer, metrics),
            () -> false,
            metrics.lag("requests"));
    private MockConsumer<byte[], byte[]> consumer;

    @BeforeEach
    void assign() {
        consumer = new MockConsumer<>("earliest") {
            @Override
            public synchronized void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets, Duration timeout) {
                offsets.values().forEach(offset -> steps.add("committed " + offset.offset()));
                super.commitSync(offsets, timeout);
            }
        };
        consumer.assign(List.of(partition));
        consumer.updateBeginningOffsets(Map.of(partition, 0L));
    }

    @Test
    void storesThenAwaitsAnnouncementsThenWritesDeadLettersThenCommits() {
        handle("poison", "good", "better");
        assertThat(steps)
                .containsExactly(
                        "stored good, better",
                        "sent " + CHANGED,
                        "sent " + CHANGED,
                        "acknowledged " + CHANGED,
                        "acknowledged " + CHANGED,
                        "sent requests.dlt",
                        "acknowledged requests.dlt",
                        "committed 3");
    }

    @Test
    void doesNothingMoreWhenTheDatabaseIsOut() {
        failing.put("good", new KafkaException("stands for any outage"));
        assertThatThrownBy(() -> handle("poison", "good")).isInstanceOf(KafkaException.class);
        assertThat(steps).isEmpty();
    }

    @Test
    void writesNoDeadLetterAndCommitsNothingBeforeAnnouncementsAreAcknowledged() {
        refusing.add(CHANGED);
        assertThatThrownBy(() -> handle("poison", "good")).isInstanceOf(KafkaException.class);
        assertThat(steps).containsExactly("stored good", "sent " + CHANGED);
    }

    @Test
    void sendsWhatIsNotAcknowledgedAgainBeforeItStoresMore() {
        refusing.add(CHANGED);
        assertThatThrownBy(() -> handle("good")).isInstanceOf(KafkaException.class);
        assertThatThrownBy(() -> handle("good")).isInstanceOf(KafkaException.class);
        refusing.clear();
        handle("good");
        assertThat(steps)
                .containsExactly(
                        "stored good",
                        "sent " + CHANGED,
                        "sent " + CHANGED,
                        "sent " + CHANGED,
                        "acknowledged " + CHANGED,
                        "stored good",
                        "sent " + CHANGED,
                        "acknowledged " + CHANGED,
                        "committed 1");
    }

    @Test
    void commitsOnlyUpToPoisonWhoseDeadLetterIsRefusedUntilItIsTaken() {
        refusing.add("requests.dlt");
        handle("good", "poison", "better");
        assertThat(steps).endsWith("committed 1");
        assertThat(figures.get("belfry.dead.letters.waiting").gauge().value()).isEqualTo(1);
        refusing.clear();
        steps.clear();
        pipeline.onIdle(consumer);
        assertThat(steps).as("the topic is left alone for a second").isEmpty();
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        pipeline.onIdle(consumer);
        assertThat(steps).containsExactly("sent requests.dlt", "acknowledged requests.dlt", "committed 3");
        assertThat(figures.get("belfry.dead.letters.waiting").gauge().value()).isZero();
    }

    @Test
    void waitsWhenMorePoisonIsRefusedThanTheQueueHoldsAndWritesNoneTwice() {
        refusing.add("requests.dlt"); // all but poison0
        String[] poison = IntStream.range(0, 102).mapToObj(i -> "poison" + i).toArray(String[]::new);
        assertThatThrownBy(() -> handle(poison)).isInstanceOf(KafkaException.class);
        assertThat(figures.get("belfry.dead.letters.waiting").gauge().value()).isEqualTo(101);
        refusing.clear();
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        steps.clear();
        handle(poison);
        assertThat(steps).filteredOn("acknowledged requests.dlt"::equals).hasSize(101);
        assertThat(steps).endsWith("committed 102");
    }

    @Test
    void overtakesARecordThatFailsAloneAndStoresItLater() {
        failing.put("odd", new IllegalStateException("no"));
        handle("odd", "good", "better");
        assertThat(steps).contains("stored good, better").doesNotContain("committed 3");
        failing.clear();
        pipeline.onIdle(consumer);
        assertThat(steps).doesNotContain("stored odd");
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        steps.clear();
        pipeline.onIdle(consumer);
        pipeline.onIdle(consumer);
        assertThat(steps).containsExactly("stored odd", "sent " + CHANGED, "acknowledged " + CHANGED, "committed 3");
    }

    @Test
    void keepsARecordOfTheQueueInItsPlaceWhenItsAnnouncementIsNotAcknowledged() {
        failing.put("odd", new IllegalStateException("no"));
        handle("odd");
        failing.clear();
        refusing.add(CHANGED);
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        pipeline.onIdle(consumer);
        assertThatThrownBy(() -> handle(1, "good")).isInstanceOf(KafkaException.class);
        assertThat(steps).contains("stored odd").doesNotContain("committed 1", "committed 2");
    }

    @Test
    void readsOnAtTheFirstRecordThatIsNotDone() {
        handle("good", "poison", "waiting", "better");
        assertThat(steps).contains("stored good").endsWith("committed 2");
        assertThat(consumer.position(partition)).isEqualTo(2);
    }

    /** One locked row holds up neither its neighbours nor, as long as it lasts, the end of its own record. */
    @Test
    void waitsForALockedRowWithItsRecordAlone() {
        failing.put("locked", new DataIntegrityViolationException("locked", new SQLException("no", "55P03")));
        handle("good", "locked", "better");
        assertThat(steps).contains("stored good", "stored better").endsWith("committed 1");
        for (int i = 0; i < 60; i++) {
            nanos.addAndGet(Duration.ofSeconds(10).toNanos());
            handle(3 + i, "good");
        }
        assertThat(steps).doesNotContain("sent requests.dlt");
        assertThat(steps).filteredOn(step -> step.startsWith("committed")).containsExactly("committed 1");
        failing.clear();
        nanos.addAndGet(Duration.ofSeconds(10).toNanos());
        pipeline.onIdle(consumer);
        pipeline.onIdle(consumer);
        assertThat(steps).contains("stored locked").endsWith("committed 63");
    }

    @Test
    void tellsOfARecordThatBecomesPoisonInTheQueue() {
        failing.put("odd", new IllegalStateException("no"));
        handle("odd");
        for (int i = 1; rejected.isEmpty() && i < 100; i++) {
            nanos.addAndGet(Duration.ofSeconds(10).toNanos());
            handle(i, "good");
        }
        assertThat(rejected).containsExactly(PoisonCode.UNPROCESSABLE);
        assertThat(steps).contains("acknowledged requests.dlt");
    }

    @Test
    void leavesPartitionsAloneThatAreNoLongerItsOwn() {
        consumer.assign(List.of(new TopicPartition(TOPIC, 1)));
        consumer.updateBeginningOffsets(Map.of(new TopicPartition(TOPIC, 1), 0L));
        pipeline.onMessage(List.of(record(0, "good")), consumer);
        assertThat(steps).doesNotContain("stored good");
    }

    @Test
    void passesMarksThatAreNoRecordsButNoRecordOfTheQueue() {
        handle("good");
        consumer.seek(partition, 3);
        pipeline.onIdle(consumer);
        assertThat(steps).endsWith("committed 3");
        failing.put("odd", new IllegalStateException("no"));
        handle(3, "odd");
        consumer.seek(partition, 9);
        pipeline.onIdle(consumer);
        assertThat(steps).endsWith("committed 3");
    }

    @Test
    void letsOthersPassBetweenTwoPartsOfALargeRecord() {
        parts.put("large", 2);
        handle("large", "good");
        assertThat(steps).startsWith("a part of large", "stored good").contains("a part of large", "committed 0");
        assertThat(pipeline.hasMore()).isTrue();
        steps.clear();
        handle(2, "better");
        assertThat(steps).startsWith("stored better").contains("stored large").doesNotContain("committed 3");
        pipeline.onIdle(consumer);
        assertThat(steps).endsWith("committed 3");
        assertThat(pipeline.hasMore()).isFalse();
    }

    @Test
    void keepsBehindALargeRecordThoseOfItsKeyAlone() {
        parts.put("7:large", 3);
        handle("7:large", "8:good", "7:better");
        handle(3, "7:best");
        assertThat(stored()).containsExactly("8:good");
        for (int i = 0; i < 4; i++) {
            pipeline.onIdle(consumer);
        }
        assertThat(stored()).containsExactly("8:good", "7:large", "7:better", "7:best");
        assertThat(steps).endsWith("committed 4");
    }

    @Test
    void givesLargeRecordsTurns() {
        parts.putAll(Map.of("large", 3, "larger", 3));
        handle("large", "larger");
        for (int i = 0; i < 5; i++) {
            pipeline.onIdle(consumer);
        }
        assertThat(steps)
                .filteredOn(step -> step.startsWith("a part") || step.startsWith("stored"))
                .containsExactly(
                        "a part of large",
                        "a part of larger",
                        "a part of large",
                        "a part of larger",
                        "a part of large",
                        "a part of larger",
                        "stored large",
                        "stored larger");
    }

    @Test
    void givesALargeRecordTurnsWithinALongBatchAndNoneOnceItIsStored() {
        parts.put("large", 2);
        parts.put("slow", 0); // alone in its transaction, and 0.2 s long
        handle("large", "slow", "slow", "slow", "slow");
        assertThat(steps)
                .filteredOn(step -> step.startsWith("a part") || step.startsWith("stored"))
                .containsExactly(
                        "a part of large",
                        "stored slow",
                        "a part of large",
                        "stored slow",
                        "stored large",
                        "stored slow",
                        "stored slow");
    }

    @Test
    void goesOnWithALargeRecordWhenItsBatchComesAgain() {
        parts.put("large", 2);
        refusing.add(CHANGED);
        assertThatThrownBy(() -> handle("large", "good")).isInstanceOf(KafkaException.class);
        assertThat(pipeline.hasMore()).as("the pause is the container's").isFalse();
        refusing.clear();
        steps.clear();
        handle("large", "good");
        pipeline.onIdle(consumer);
        assertThat(stored()).containsExactly("good", "large");
        assertThat(steps).doesNotContain("a part of large").endsWith("committed 2");
    }

    @Test
    void overtakesALargeRecordThatFailsInItsMiddleAndGoesOnWithItLater() {
        parts.put("7:large", 3);
        handle("7:large", "7:good");
        failing.put("7:large", new IllegalStateException("no"));
        pipeline.onIdle(consumer);
        pipeline.onIdle(consumer);
        assertThat(stored()).containsExactly("7:good");
        assertThat(steps).contains("committed 0").doesNotContain("committed 1", "committed 2");
        failing.clear();
        nanos.addAndGet(Duration.ofSeconds(2).toNanos());
        for (int i = 0; i < 3; i++) {
            pipeline.onIdle(consumer);
        }
        assertThat(stored()).containsExactly("7:good", "7:large");
        assertThat(steps).endsWith("committed 2");
    }

    @Test
    void leavesALargeRecordToTheProcessThatItsPartitionMovedTo() {
        parts.put("large", 5);
        handle("large");
        pipeline.onPartitionsLost(consumer, List.of(partition));
        steps.clear();
        pipeline.onIdle(consumer);
        assertThat(steps).doesNotContain("a part of large");
        assertThat(pipeline.hasMore()).isFalse();
    }

    @Test
    void leavesInKafkaWhatItHasNoTurnsFor() {
        String[] large = IntStream.range(0, 60).mapToObj(i -> "large" + i).toArray(String[]::new);
        for (String one : large) {
            parts.put(one, 1);
        }
        handle(large);
        assertThat(consumer.position(partition)).isEqualTo(50);
        while (consumer.position(partition) < 60 || pipeline.hasMore()) {
            int next = (int) consumer.position(partition);
            handle(next, Arrays.copyOfRange(large, next, 60));
        }
        pipeline.onIdle(consumer);
        assertThat(stored()).containsExactlyInAnyOrder(large);
        assertThat(steps).endsWith("committed 60");
    }

    private List<String> stored() {
        return steps.stream()
                .filter(step -> step.startsWith("stored "))
                .map(step -> step.substring("stored ".length()))
                .toList();
    }

    private void handle(String... values) {
        handle(0, values);
    }

    /** As the container does: the consumer stands behind what it has polled. */
    private void handle(long first, String... values) {
        List<ConsumerRecord<byte[], byte[]>> batch = new ArrayList<>();
        for (String value : values) {
            batch.add(record(first + batch.size(), value));
        }
        consumer.seek(partition, first + values.length);
        pipeline.onMessage(batch, consumer);
    }

    /** @param value its key, if it has one, is before the colon */
    private static ConsumerRecord<byte[], byte[]> record(long offset, String value) {
        byte[] key = value.contains(":") ? value.split(":")[0].getBytes(StandardCharsets.UTF_8) : null;
        return new ConsumerRecord<>(TOPIC, 0, offset, key, value.getBytes(StandardCharsets.UTF_8));
    }

    private final class StepHandler implements Handler<String> {

        @Override
        public String decode(ConsumerRecord<byte[], byte[]> record) {
            String value = new String(record.value(), StandardCharsets.UTF_8);
            if (value.startsWith("poison")) {
                throw new PoisonException(PoisonCode.NOT_JSON, "no");
            }
            return value;
        }

        @Override
        public Progress store(List<Decoded<String>> records, Slice slice) {
            List<String> values = records.stream().map(Decoded::value).toList();
            for (String value : values) {
                if (failing.containsKey(value)) {
                    throw failing.get(value);
                }
            }
            if (values.contains("slow")) {
                nanos.addAndGet(Duration.ofMillis(200).toNanos());
            }
            if (values.contains("waiting")) {
                return Progress.WAITS;
            }
            if (parts.getOrDefault(values.get(0), 0) > 0) {
                steps.add("a part of " + values.get(0));
                parts.merge(values.get(0), -1, Integer::sum);
                return Progress.BEGUN;
            }
            steps.add("stored " + String.join(", ", values));
            for (Decoded<String> one : records) {
                announcements.changed(
                        InboxChanged.ofIds("epoch", 1, one.record().offset() + 1, 0, Change.READ, List.of(1L)), null);
            }
            return Progress.DONE;
        }

        @Override
        public void rejected(Poison poison) {
            rejected.add(poison.code());
        }

        /** Those that are stored part by part, or have to wait, alone. */
        @Override
        public int together(List<Decoded<String>> records) {
            int together = 0;
            while (together < records.size() && !isAlone(records.get(together).value())) {
                together++;
            }
            return Math.max(1, together);
        }

        private boolean isAlone(String value) {
            return value.equals("waiting") || parts.containsKey(value);
        }
    }

    private final class StepProducer extends FakeBroker {

        StepProducer() {
            super(CHANGED, 1, record -> {
                steps.add("sent " + record.topic());
                boolean refused = refusing.contains(record.topic()) && !Arrays.equals(record.value(), POISON_0);
                return refused ? new TimeoutException("refused") : null;
            });
        }

        @Override
        public synchronized Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record) {
            Future<RecordMetadata> sent = super.send(record);
            if (sent instanceof CompletableFuture) {
                return sent; // refused
            }
            return new CompletableFuture<>() {
                @Override
                public RecordMetadata get() throws InterruptedException, ExecutionException {
                    RecordMetadata metadata = sent.get();
                    steps.add("acknowledged " + record.topic());
                    return metadata;
                }
            };
        }
    }
}
