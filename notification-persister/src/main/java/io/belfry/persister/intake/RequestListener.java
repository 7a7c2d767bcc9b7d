package io.belfry.persister.intake;

import io.belfry.persister.kafka.Offsets;
import io.belfry.persister.kafka.Outbox;
import io.belfry.persister.kafka.TopicListener;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads {@code notifications.requested} on one thread. After each slice it commits what is done and seeks back to what
 * is not, so that the consumer polls at least every few seconds however large a course is, and a partition that moves
 * to another persister is let go of between two transactions.
 */
final class RequestListener implements TopicListener {

    private static final Logger LOG = LoggerFactory.getLogger(RequestListener.class);

    /** With the transaction that is under way when it ends, at most 10 s. */
    private static final Duration SLICE = Duration.ofSeconds(5);

    private final RequestWorker worker;
    private final HeldRecords held;
    private final Outbox outbox;
    private final BooleanSupplier stopping;
    private final Offsets offsets = new Offsets();

    /** @param stopping ends a slice early */
    RequestListener(RequestWorker worker, HeldRecords held, Outbox outbox, BooleanSupplier stopping) {
        this.worker = worker;
        this.held = held;
        this.outbox = outbox;
        this.stopping = stopping;
    }

    @Override
    public void onRecords(List<ConsumerRecord<byte[], byte[]>> records, Consumer<?, ?> consumer) {
        // After a back-off they may no longer be ours.
        Set<TopicPartition> assigned = consumer.assignment();
        List<ConsumerRecord<byte[], byte[]>> ours = records.stream()
                .filter(record -> assigned.contains(partition(record)))
                .toList();
        BooleanSupplier enough = slice();
        outbox.forget();
        worker.retryHeld(enough);
        int done = worker.work(ours, enough);
        ours.subList(0, done).forEach(record -> offsets.done(partition(record), record.offset() + 1));
        seekBack(ours.subList(done, ours.size()), consumer);
        offsets.commit(consumer, held::first);
    }

    @Override
    public void onIdle(Consumer<?, ?> consumer) {
        try {
            if (!held.isEmpty()) {
                outbox.forget();
                worker.retryHeld(slice());
            }
            offsets.commit(consumer, held::first);
        } catch (RuntimeException e) {
            LOG.warn("What is held could not be tried again: {}", e.toString());
        }
    }

    @Override
    public void onPartitionsRevokedBeforeCommit(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        offsets.commit(consumer, held::first);
        offsets.drop(partitions);
        held.drop(partitions);
    }

    @Override
    public void onPartitionsLost(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        offsets.drop(partitions);
        held.drop(partitions);
    }

    @Override
    public void reset() {
        offsets.clear();
        held.clear();
        outbox.forget();
    }

    private BooleanSupplier slice() {
        long end = System.nanoTime() + SLICE.toNanos();
        return () -> stopping.getAsBoolean() || System.nanoTime() - end > 0;
    }

    private static void seekBack(List<ConsumerRecord<byte[], byte[]>> undone, Consumer<?, ?> consumer) {
        undone.stream()
                .map(RequestListener::partition)
                .distinct()
                .forEach(partition -> undone.stream()
                        .filter(record -> partition(record).equals(partition))
                        .findFirst()
                        .ifPresent(first -> consumer.seek(partition, first.offset())));
    }

    private static TopicPartition partition(ConsumerRecord<?, ?> record) {
        return new TopicPartition(record.topic(), record.partition());
    }
}
