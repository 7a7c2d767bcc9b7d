package io.belfry.persister.startup;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.events.wire.EventCodec;
import io.belfry.persister.announce.Announcements;
import io.belfry.persister.metrics.PersisterMetrics;
import io.belfry.persister.pipeline.DeadLetters;
import io.belfry.persister.pipeline.Handler;
import io.belfry.persister.pipeline.Pipeline;
import io.belfry.persister.pipeline.RetryBudgets;
import io.belfry.persister.pipeline.Slice;
import io.belfry.persister.startup.Listeners.Reader;
import io.belfry.persister.support.PersisterTest;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;

/** A thread that an error kills, one that fails for a while, and one that can not read. */
@ExtendWith(OutputCaptureExtension.class)
class ListenersIT extends PersisterTest {

    private final Set<String> seen = ConcurrentHashMap.newKeySet();
    private Listeners listeners;

    @AfterEach
    void stopListeners() {
        listeners.stop();
        seen.clear();
    }

    @Test
    void tellsOfAThreadThatAnErrorKilledAndStartsItAgainWithoutLosingARecord() {
        String topic = "dies";
        AtomicBoolean broken = new AtomicBoolean(true);
        listeners = listening(topic, () -> {
            if (broken.get()) {
                throw new StackOverflowError("on purpose");
            }
            return true;
        });
        installation.send(topicName(topic), null, new byte[] {1}, Map.of());
        eventually().until(() -> !listeners.areRunning());
        broken.set(false);
        listeners.revive();
        assertThat(listeners.down()).as("long enough for others to see it").isEqualTo(1);
        listeners.revive();
        eventually().until(() -> seen.size() == 1);
        assertThat(listeners.areRunning()).isTrue();
    }

    @Test
    void callsAgainWithTheSameRecordsAndCommitsNothingByItself() {
        String topic = "fails";
        AtomicInteger failures = new AtomicInteger();
        AtomicBoolean working = new AtomicBoolean();
        listeners = listening(topic, () -> {
            if (!working.get()) {
                failures.incrementAndGet();
                throw new KafkaException("an outage");
            }
            return false; // the retry does not throw, and nothing is done
        });
        for (int i = 0; i < 5; i++) {
            installation.send(topicName(topic), null, new byte[] {1}, Map.of());
        }
        eventually().until(() -> failures.get() >= 2);
        working.set(true);
        eventually().until(() -> seen.size() == 5);
        listeners.stop();

        // Nothing is committed: the process that comes next gets all of them.
        seen.clear();
        listeners = listening(topic, () -> true);
        eventually().until(() -> seen.size() == 5);
    }

    @Test
    void tellsOfPollsThatFailAndWaitsBetweenThem(CapturedOutput output) {
        String topic = "unreadable";
        AtomicBoolean unreadable = new AtomicBoolean(true);
        List<Long> polls = new CopyOnWriteArrayList<>();
        listeners = listening(
                topic,
                () -> true,
                factory -> factory.addPostProcessor(consumer -> failing(consumer, unreadable, polls)));
        installation.send(topicName(topic), null, new byte[] {1}, Map.of());
        eventually().until(() -> polls.size() == 3);
        assertThat(Duration.ofNanos(polls.get(2) - polls.get(0))).isGreaterThan(Duration.ofMillis(2_900));
        assertThat(output.toString().split("can not read", -1)).as("said once").hasSize(2);
        assertThat(listeners.areRunning()).isFalse();
        assertThat(listeners.down()).isEqualTo(1);
        unreadable.set(false);
        eventually().until(() -> seen.size() == 1);
        eventually().until(listeners::areRunning);
    }

    /** As a record that can not be decompressed has it: no record is known, and every poll throws. */
    @SuppressWarnings("unchecked")
    private static Consumer<byte[], byte[]> failing(
            Consumer<byte[], byte[]> consumer, AtomicBoolean unreadable, List<Long> polls) {
        return (Consumer<byte[], byte[]>) Proxy.newProxyInstance(
                ListenersIT.class.getClassLoader(), new Class<?>[] {Consumer.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("poll") && unreadable.get()) {
                        polls.add(System.nanoTime());
                        throw new KafkaException("unreadable on purpose");
                    }
                    try {
                        return method.invoke(consumer, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private Listeners listening(String topic, BooleanSupplier stored) {
        return listening(topic, stored, factory -> {});
    }

    private Listeners listening(
            String topic,
            BooleanSupplier stored,
            java.util.function.Consumer<DefaultKafkaConsumerFactory<byte[], byte[]>> customizer) {
        Handler<String> handler = new Handler<>() {
            @Override
            public String decode(ConsumerRecord<byte[], byte[]> record) {
                return record.topic() + record.partition() + "@" + record.offset();
            }

            @Override
            public Progress store(List<Decoded<String>> records, Slice slice) {
                boolean done = stored.getAsBoolean();
                records.forEach(one -> seen.add(one.value()));
                return done ? Progress.DONE : Progress.WAITS;
            }
        };
        installation.createTopic(topicName(topic), 1);
        Announcements none =
                new Announcements(installation::producer, new EventCodec(), installation.topics(), Clock.systemUTC());
        PersisterMetrics metrics =
                new PersisterMetrics(new SimpleMeterRegistry(), Clock.systemUTC(), installation.topics());
        Pipeline pipeline = Pipeline.ofIndependentRecords(
                handler,
                new RetryBudgets(Duration.ofMinutes(5), System::nanoTime),
                none,
                new DeadLetters.Writer(installation::producer, metrics),
                () -> false,
                metrics.lag(topic));
        Reader reader = new Containers(installation.settings().kafka(), customizer)
                .create(topic, 1, List.of(topicName(topic)), pipeline);
        Listeners started = new Listeners(List.of(reader), new AtomicBoolean());
        started.start();
        return started;
    }

    private String topicName(String topic) {
        return installation.topics().prefix() + topic;
    }
}
