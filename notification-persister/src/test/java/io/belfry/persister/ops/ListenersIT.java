package io.belfry.persister.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.persister.kafka.ListenerContainers;
import io.belfry.persister.kafka.TopicListener;
import io.belfry.persister.ops.Listeners.Reader;
import io.belfry.persister.support.PersisterTest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.listener.KafkaMessageListenerContainer;

/** A thread that an error kills, and one that fails for a while. */
class ListenersIT extends PersisterTest {

    private final AtomicInteger resets = new AtomicInteger();
    private final ConcurrentLinkedQueue<String> seen = new ConcurrentLinkedQueue<>();
    private Listeners listeners;

    @AfterEach
    void stop() {
        listeners.stop();
        seen.clear();
    }

    @Test
    void tellsOfAThreadThatAnErrorKilledAndStartsItAgainWithoutLosingARecord() {
        String topic = "dies";
        AtomicBoolean broken = new AtomicBoolean(true);
        listeners = listening(topic, records -> {
            if (broken.get()) {
                throw new StackOverflowError("on purpose");
            }
        });
        installation.send(topicName(topic), null, new byte[] {1}, Map.of());
        eventually().until(() -> !listeners.areRunning());
        broken.set(false);
        listeners.revive();
        assertThat(listeners.down()).as("long enough for others to see it").isEqualTo(1);
        listeners.revive();
        eventually().until(() -> seen.size() == 1);
        assertThat(listeners.areRunning()).isTrue();
        assertThat(resets).hasValue(1);
    }

    @Test
    void callsAgainWithTheSameRecordsAndCommitsNothingByItself() {
        String topic = "fails";
        AtomicInteger failures = new AtomicInteger();
        AtomicBoolean working = new AtomicBoolean();
        listeners = listening(topic, records -> {
            if (!working.get()) {
                failures.incrementAndGet();
                throw new IllegalStateException("the world is down");
            }
        });
        for (int i = 0; i < 5; i++) {
            installation.send(topicName(topic), null, new byte[] {1}, Map.of());
        }
        eventually().until(() -> failures.get() >= 2);
        working.set(true);
        eventually().until(() -> seen.size() == 5);
        listeners.stop();

        // Nobody has committed: whoever comes next gets all of them.
        seen.clear();
        listeners = listening(topic, records -> {});
        eventually().until(() -> seen.size() == 5);
    }

    private interface Behaviour {
        void on(List<ConsumerRecord<byte[], byte[]>> records);
    }

    private Listeners listening(String topic, Behaviour behaviour) {
        TopicListener listener = new TopicListener() {
            @Override
            public void onRecords(List<ConsumerRecord<byte[], byte[]>> records, Consumer<?, ?> consumer) {
                behaviour.on(records);
                records.forEach(record -> seen.add(record.topic() + record.partition() + "@" + record.offset()));
            }

            @Override
            public void onIdle(Consumer<?, ?> consumer) {}

            @Override
            public void reset() {
                resets.incrementAndGet();
            }
        };
        installation.createTopic(topicName(topic));
        KafkaMessageListenerContainer<byte[], byte[]> container = new ListenerContainers(
                        installation.settings().kafka(), factory -> {})
                .create(topic, 1, List.of(topicName(topic)), listener);
        Listeners started = new Listeners(List.of(new Reader(container, listener)), new AtomicBoolean());
        started.start();
        return started;
    }

    private String topicName(String topic) {
        return installation.topics().prefix() + topic;
    }
}
