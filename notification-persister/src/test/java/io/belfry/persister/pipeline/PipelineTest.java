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
        handle("good", "poison", "unfinished", "better");
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

    private static ConsumerRecord<byte[], byte[]> record(long offset, String value) {
        return new ConsumerRecord<>(TOPIC, 0, offset, null, value.getBytes(StandardCharsets.UTF_8));
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
        public boolean store(List<Decoded<String>> records, Slice slice) {
            List<String> values = records.stream().map(Decoded::value).toList();
            for (String value : values) {
                if (failing.containsKey(value)) {
                    throw failing.get(value);
                }
            }
            if (values.contains("unfinished")) {
                return false;
            }
            steps.add("stored " + String.join(", ", values));
            for (Decoded<String> one : records) {
                announcements.changed(
                        InboxChanged.ofIds("epoch", 1, one.record().offset() + 1, 0, Change.READ, List.of(1L)), null);
            }
            return true;
        }

        @Override
        public int together(List<Decoded<String>> records) {
            return records.get(0).value().equals("good")
                            && records.size() > 1
                            && records.get(1).value().equals("unfinished")
                    ? 1
                    : records.size();
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
