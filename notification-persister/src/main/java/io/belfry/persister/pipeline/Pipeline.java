package io.belfry.persister.pipeline;

import io.belfry.persister.announce.Announcements;
import io.belfry.persister.pipeline.BatchHandler.Handled;
import io.belfry.runtime.kafka.ConsumerLag;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.listener.BatchConsumerAwareMessageListener;
import org.springframework.kafka.listener.ConsumerAwareRebalanceListener;

/**
 * The way of every record, whatever its topic, from the poll to its offset. {@link #handle} is all of it. If it throws,
 * the container waits a while and comes with the same batch again; nothing of it counts as done then.
 *
 * <p>The container's thread calls everything here.
 */
public final class Pipeline
        implements BatchConsumerAwareMessageListener<byte[], byte[]>, ConsumerAwareRebalanceListener {

    private static final Logger LOG = LoggerFactory.getLogger(Pipeline.class);

    /** Where partitions are read on: in Kafka, or in the database beside the effect of their records. */
    interface Positions {

        /** Of a batch, the records that are to be handled now. May seek. */
        List<ConsumerRecord<byte[], byte[]>> fresh(List<ConsumerRecord<byte[], byte[]>> batch, Consumer<?, ?> consumer);

        /** @param done the next offset of each partition: all below is stored and announced, a dead letter, or queued */
        void commit(Map<TopicPartition, Long> done, Consumer<?, ?> consumer);

        void assigned(Collection<TopicPartition> partitions);

        void released(Collection<TopicPartition> partitions);

        void clear();
    }

    private final BatchHandler<?> handler;
    private final RetryQueue<?> queue;
    private final Announcements announcements;
    private final DeadLetters deadLetters;
    private final Positions positions;
    private final BooleanSupplier stopping;
    private final LongSupplier nanoTime;
    private final ConsumerLag lag;
    private boolean hasMore;

    private <T> Pipeline(
            Handler<T> handler,
            RetryQueue<T> queue,
            Positions positions,
            RetryBudgets budgets,
            Announcements announcements,
            DeadLetters.Writer writer,
            BooleanSupplier stopping,
            ConsumerLag lag) {
        this.handler = new BatchHandler<>(handler, queue, budgets);
        this.queue = queue;
        this.announcements = announcements;
        this.deadLetters = new DeadLetters(writer, queue, budgets, handler::rejected);
        this.positions = positions;
        this.stopping = stopping;
        this.nanoTime = budgets.nanoTime();
        this.lag = lag;
    }

    /**
     * Of records that do not depend on each other: one that fails alone is overtaken and tried again from a queue. Their
     * position is the group's offset in Kafka.
     *
     * @param announcements this pipeline's own, and where the handler announces
     * @param stopping whether the process is to end
     * @param lag this pipeline's own
     */
    public static <T> Pipeline ofIndependentRecords(
            Handler<T> handler,
            RetryBudgets budgets,
            Announcements announcements,
            DeadLetters.Writer writer,
            BooleanSupplier stopping,
            ConsumerLag lag) {
        RetryQueue<T> queue = new RetryQueue<>(false, budgets);
        return new Pipeline(handler, queue, new Offsets(queue::first), budgets, announcements, writer, stopping, lag);
    }

    /**
     * Of records that depend on those before them in their partition: one that fails alone holds up its successors.
     * Their position is stored beside their effect.
     *
     * @param handler also says where the positions are
     */
    public static <T> Pipeline keepingOrder(
            AppliedOnce<T> handler,
            RetryBudgets budgets,
            Announcements announcements,
            DeadLetters.Writer writer,
            BooleanSupplier stopping,
            ConsumerLag lag) {
        RetryQueue<T> queue = new RetryQueue<>(true, budgets);
        return new Pipeline(handler, queue, handler, budgets, announcements, writer, stopping, lag);
    }

    /** What a crash or an outage leaves between two of these lines is done again; in another order it would be lost. */
    private void handle(Slice slice, Consumer<?, ?> consumer) {
        Handled handled = handler.handle(slice); // commits to the database, hands announcements to the producer
        announcements.awaitAcknowledged(); // nothing below runs before Kafka has them
        deadLetters.write(handled.poison()); // acknowledged too, or in the retry queue
        positions.commit(slice.end(handled.done(), consumer), consumer); // only what is stored, announced or set aside
        handled.recovered().forEach(queue::release);
        deadLetters.forgetWritten();
    }

    @Override
    public void onMessage(List<ConsumerRecord<byte[], byte[]>> batch, @Nullable Consumer<?, ?> consumer) {
        Consumer<?, ?> polled = Objects.requireNonNull(consumer);
        hasMore = false; // after a failure the pause is the container's
        lag.read(batch, polled);
        announcements.sendAgain();
        handle(new Slice(positions.fresh(batch, polled), stopping, nanoTime), polled);
        lag.done(polled, queue.oldest());
        hasMore = queue.hasTurns();
    }

    /** Whether there is work without new records, so that a poll should not wait for any. */
    public boolean hasMore() {
        return hasMore;
    }

    /** Nothing came for a while: a slice without records, for the retry queue and for marks that are no records. */
    public void onIdle(Consumer<?, ?> consumer) {
        try {
            onMessage(List.of(), consumer);
        } catch (RuntimeException e) {
            // The next idle moment comes in half a second; the server probes tell of an outage.
            LOG.debug("Tried again when idle, and failed", e);
        }
    }

    @Override
    public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        positions.assigned(partitions);
    }

    @Override
    public void onPartitionsRevokedBeforeCommit(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        release(partitions);
    }

    @Override
    public void onPartitionsLost(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        release(partitions);
    }

    private void release(Collection<TopicPartition> partitions) {
        positions.released(partitions);
        queue.drop(partitions);
    }

    /** Forgets everything, before a thread that died is started again. */
    public void reset() {
        hasMore = false;
        queue.clear();
        positions.clear();
        announcements.clear();
        deadLetters.forgetWritten();
    }
}
