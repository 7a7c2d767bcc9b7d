package io.belfry.persister.startup;

import io.belfry.persister.pipeline.Pipeline;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.event.ConsumerRetryAuthEvent;
import org.springframework.kafka.event.ListenerContainerIdleEvent;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.ContainerProperties.AckMode;
import org.springframework.kafka.listener.KafkaMessageListenerContainer;

/**
 * Makes the threads that read topics. The container polls, keeps the membership, repeats a batch that failed and says
 * when it is idle; offsets are the pipeline's to commit, because the container commits a batch whole.
 */
public final class Containers {

    /** Also how soon an idle pipeline hears of it. */
    private static final Duration REFUSED_PAUSE = Duration.ofSeconds(2);

    private static final Duration POLL = Duration.ofMillis(500);

    /** A broker answers at once when there is a record; this is how often it is asked while there is none. */
    private static final Duration ASKED_EVERY = Duration.ofSeconds(2);

    private final PersisterSettings.Kafka settings;
    private final Consumer<DefaultKafkaConsumerFactory<byte[], byte[]>> customizer;

    /** @param customizer adds metrics */
    public Containers(
            PersisterSettings.Kafka settings, Consumer<DefaultKafkaConsumerFactory<byte[], byte[]>> customizer) {
        this.settings = settings;
        this.customizer = customizer;
    }

    /**
     * A thread that is not started yet.
     *
     * @param name also the group's, after the prefix of all topics
     * @param number tells the threads of one group apart
     */
    public Listeners.Reader create(String name, int number, List<String> topics, Pipeline pipeline) {
        ContainerProperties properties = new ContainerProperties(topics.toArray(String[]::new));
        properties.setMessageListener(pipeline);
        properties.setConsumerRebalanceListener(pipeline);
        properties.setGroupId(settings.topics().prefix() + name);
        properties.setClientId(name + "-" + number);
        // Manual, and never acknowledged to the container: the pipeline commits.
        properties.setAckMode(AckMode.MANUAL);
        properties.setPollTimeout(POLL.toMillis());
        // Any poll that brings nothing; it has waited by itself, unless there is more to do.
        properties.setIdleEventInterval(1L);
        // Half of it is a slice's time, the rest is for its last transaction.
        properties.setShutdownTimeout(Duration.ofSeconds(9).toMillis());
        // A broker that refuses us is waited for as one that is down. Each partition tells its old refusal after one
        // such pause, so that a longer one would delay the first record for minutes after the rights are there.
        properties.setAuthExceptionRetryInterval(REFUSED_PAUSE);
        properties.setMissingTopicsFatal(false);
        var factory = new FrugalConsumers(consumerSettings(), pipeline::hasMore);
        customizer.accept(factory);
        var container = new KafkaMessageListenerContainer<>(factory, properties);
        container.setBeanName(name + "-" + number);
        PatientErrorHandler errors = new PatientErrorHandler(name + "-" + number);
        container.setCommonErrorHandler(errors);
        container.setApplicationEventPublisher(event -> {
            // Published on the consumer's own thread.
            if (event instanceof ListenerContainerIdleEvent idle) {
                pipeline.onIdle(idle.getConsumer());
            } else if (event instanceof ConsumerRetryAuthEvent) {
                errors.readingRefused();
            }
        });
        return new Listeners.Reader(container, pipeline, errors);
    }

    private Map<String, Object> consumerSettings() {
        Map<String, Object> consumer = new HashMap<>();
        consumer.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        consumer.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        consumer.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        consumer.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        consumer.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, (int) ASKED_EVERY.toMillis());
        // Publishers may use transactions; what they took back is not read.
        consumer.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        // A persister that is killed is missed after 10 s, not after the default's 45.
        consumer.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 10_000);
        consumer.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 2_000);
        // A partition that is added is read within half a minute, not after the default's five.
        consumer.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, 20_000);
        return settings.access().with(consumer);
    }
}
