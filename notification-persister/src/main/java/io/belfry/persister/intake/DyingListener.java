package io.belfry.persister.intake;

import io.belfry.persister.kafka.TopicListener;
import java.util.Collection;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** A listener that dies of an error, on purpose, when a failpoint says so; else the one that it is made of. */
final class DyingListener implements TopicListener {

    private final TopicListener listener;
    private final BooleanSupplier dies;

    DyingListener(TopicListener listener, BooleanSupplier dies) {
        this.listener = listener;
        this.dies = dies;
    }

    @Override
    public void onRecords(List<ConsumerRecord<byte[], byte[]>> records, Consumer<?, ?> consumer) {
        if (dies.getAsBoolean()) {
            throw new StackOverflowError("failpoint");
        }
        listener.onRecords(records, consumer);
    }

    @Override
    public void onIdle(Consumer<?, ?> consumer) {
        listener.onIdle(consumer);
    }

    @Override
    public void onPartitionsRevokedBeforeCommit(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        listener.onPartitionsRevokedBeforeCommit(consumer, partitions);
    }

    @Override
    public void onPartitionsLost(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        listener.onPartitionsLost(consumer, partitions);
    }

    @Override
    public void reset() {
        listener.reset();
    }
}
