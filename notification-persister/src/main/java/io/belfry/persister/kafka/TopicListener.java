package io.belfry.persister.kafka;

import java.util.List;
import java.util.Objects;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.listener.BatchConsumerAwareMessageListener;
import org.springframework.kafka.listener.ConsumerAwareRebalanceListener;

/** Reads topics on one thread, which calls everything here; it commits what it has done by itself. */
public interface TopicListener
        extends BatchConsumerAwareMessageListener<byte[], byte[]>, ConsumerAwareRebalanceListener {

    /** Some records came; called again with the same ones if it throws. */
    void onRecords(List<ConsumerRecord<byte[], byte[]>> records, Consumer<?, ?> consumer);

    @Override
    default void onMessage(List<ConsumerRecord<byte[], byte[]>> records, @Nullable Consumer<?, ?> consumer) {
        onRecords(records, Objects.requireNonNull(consumer));
    }

    /** Nothing came for a while. Must not throw for what may pass. */
    void onIdle(Consumer<?, ?> consumer);

    /** Forgets everything, before its thread is started again. */
    void reset();
}
