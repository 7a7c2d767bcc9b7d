package io.belfry.persister.pipeline;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * The part of a batch that is handled before the next poll: a few seconds of work, less when the process stops. So the
 * consumer polls often enough however large a course is, and a partition moves away between two transactions.
 *
 * <p>The container has {@code nack(index)} for this. It commits all records below the index, also those that wait in the
 * retry queue, so records that are not done are sought back to here instead. For one thread.
 */
public final class Slice {

    /** With the transaction that is under way when it ends, at most 10 s. */
    private static final Duration TIME = Duration.ofSeconds(5);

    /** Large records get a share of the time, however much else there is to be done. */
    private static final Duration TURN_EVERY = Duration.ofMillis(100);

    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(1);

    private final List<ConsumerRecord<byte[], byte[]>> records;
    private final BooleanSupplier stopping;
    private final LongSupplier nanoTime;
    private boolean hurried;
    private final long end;
    private long nextTurn;

    /**
     * @param stopping whether the process is to end
     * @param nanoTime as {@link System#nanoTime}
     */
    public Slice(List<ConsumerRecord<byte[], byte[]>> records, BooleanSupplier stopping, LongSupplier nanoTime) {
        this.records = records;
        this.stopping = stopping;
        this.nanoTime = nanoTime;
        this.end = nanoTime.getAsLong() + TIME.toNanos();
        this.nextTurn = nanoTime.getAsLong() + TURN_EVERY.toNanos();
    }

    List<ConsumerRecord<byte[], byte[]>> records() {
        return records;
    }

    /** Asked between transactions: whether the rest waits for the next slice. */
    public boolean isOver() {
        return stopping.getAsBoolean() || nanoTime.getAsLong() - end > 0;
    }

    /** Whether a large record may have a turn before the slice is over. */
    boolean isTurnDue() {
        long now = nanoTime.getAsLong();
        boolean due = now - nextTurn > 0;
        nextTurn = due ? now + TURN_EVERY.toNanos() : nextTurn;
        return due;
    }

    /** A row is locked, or may still be: transactions wait for locks a moment only, so that other records need not wait. */
    void hurry() {
        hurried = true;
    }

    public boolean isHurried() {
        return hurried;
    }

    /**
     * Has the consumer read on at the first record of each partition that is not done. Where it stands then, all below
     * is done: records, and what is no record (the marks of transactions, what compaction took).
     *
     * @param done how many records are, from the first on
     * @return the next offset of each partition; those that the broker does not tell now are left out
     */
    Map<TopicPartition, Long> end(int done, Consumer<?, ?> consumer) {
        Map<TopicPartition, Long> first = new HashMap<>();
        records.subList(done, records.size())
                .forEach(record -> first.putIfAbsent(Handler.partition(record), record.offset()));
        first.forEach(consumer::seek);
        Map<TopicPartition, Long> next = new HashMap<>();
        for (TopicPartition partition : consumer.assignment()) {
            try {
                next.put(partition, consumer.position(partition, ANSWER_LIMIT));
            } catch (KafkaException e) {
                // Only of a partition that was assigned this moment; nothing of it is done.
            }
        }
        return next;
    }
}
