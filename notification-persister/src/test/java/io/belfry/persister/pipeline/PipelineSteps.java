package io.belfry.persister.pipeline;

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
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.BeforeEach;

/** A pipeline with each of its steps written down as it happens: what is stored, sent, acknowledged, and committed. */
abstract class PipelineSteps {

    static final String TOPIC = "requests";
    static final String CHANGED = new Topics("").changed();

    /** Taken where all others are refused. */
    static final byte[] POISON_0 = "poison0".getBytes(StandardCharsets.UTF_8);

    final TopicPartition partition = new TopicPartition(TOPIC, 0);
    final List<String> steps = new ArrayList<>();
    final AtomicLong nanos = new AtomicLong();
    final SimpleMeterRegistry figures = new SimpleMeterRegistry();

    /** Topics whose next records are sent and never acknowledged. */
    final Set<String> refusing = new HashSet<>();

    /** Values that the database fails for, and how. */
    final Map<String, RuntimeException> failing = new HashMap<>();

    /** Values that are stored part by part, and how many parts come before the last. */
    final Map<String, Integer> parts = new HashMap<>();

    final List<PoisonCode> rejected = new ArrayList<>();

    private final StepProducer producer = new StepProducer();
    final Announcements announcements =
            new Announcements(() -> producer, new EventCodec(), new Topics(""), Clock.systemUTC());
    final PersisterMetrics metrics = new PersisterMetrics(figures, Clock.systemUTC(), new Topics(""));
    final Pipeline pipeline = Pipeline.ofIndependentRecords(
            new StepHandler(),
            new RetryBudgets(Duration.ofMinutes(5), nanos::get),
            announcements,
            new DeadLetters.Writer(() -> producer, metrics),
            () -> false,
            metrics.lag("requests"));
    MockConsumer<byte[], byte[]> consumer;

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

    List<String> stored() {
        return steps.stream()
                .filter(step -> step.startsWith("stored "))
                .map(step -> step.substring("stored ".length()))
                .toList();
    }

    void handle(String... values) {
        handle(0, values);
    }

    /** As the container does: the consumer stands behind what it has polled. */
    void handle(long first, String... values) {
        List<ConsumerRecord<byte[], byte[]>> batch = new ArrayList<>();
        for (String value : values) {
            batch.add(record(first + batch.size(), value));
        }
        consumer.seek(partition, first + values.length);
        pipeline.onMessage(batch, consumer);
    }

    /** @param value its key, if it has one, is before the colon */
    static ConsumerRecord<byte[], byte[]> record(long offset, String value) {
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
