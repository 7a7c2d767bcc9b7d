package io.belfry.persister.pipeline;

import io.belfry.events.wire.PoisonException;
import io.belfry.persister.pipeline.Pipeline.Positions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Applies records and moves their stored position in one transaction, both or neither. A process that comes late, with
 * records that another has applied meanwhile, finds them below the position and writes nothing.
 *
 * <p>It keeps the consumer where the stored positions say, also when they go back: a database that was restored lacks
 * what was applied since. The offsets that are committed to Kafka only show the lag. Not safe for use by more than one
 * thread.
 *
 * @param <T> what a record says
 */
public final class AppliedOnce<T> implements Handler<T>, Positions {

    private static final Logger LOG = LoggerFactory.getLogger(AppliedOnce.class);

    private static final Duration TIME_LIMIT = Duration.ofSeconds(3);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    /** What the records do to the database. */
    public interface Applier<T> {

        /** @throws PoisonException if it breaks a rule */
        T decode(ConsumerRecord<byte[], byte[]> record);

        /**
         * Applies these in their order, in the transaction that moves their position.
         *
         * @return hands over what is to be announced once it is committed
         */
        Runnable apply(List<T> changes);
    }

    private final Applier<T> applier;
    private final TransactionOperations transactions;
    private final StoredPositions positions;
    private final Offsets lag = new Offsets(partition -> OptionalLong.empty());
    private final Set<TopicPartition> toBeSought = new HashSet<>();

    /** No stored position was ever lower in the history that we know. */
    private final Map<TopicPartition, Long> known = new HashMap<>();

    private long looked = System.nanoTime();

    public AppliedOnce(Applier<T> applier, TransactionOperations transactions, StoredPositions positions) {
        this.applier = applier;
        this.transactions = transactions;
        this.positions = positions;
    }

    @Override
    public T decode(ConsumerRecord<byte[], byte[]> record) {
        return applier.decode(record);
    }

    /**
     * @throws OptimisticLockingFailureException if a position is lower than it was known to be: the database was put back
     *     meanwhile, and what it lacks comes before these
     */
    @Override
    public Progress store(List<Decoded<T>> records, Slice slice) {
        Map<TopicPartition, Long> next = new HashMap<>();
        records.forEach(
                one -> next.put(Handler.partition(one.record()), one.record().offset() + 1));
        Runnable announcement = Objects.requireNonNull(transactions.execute(status -> apply(records, next)));
        next.forEach((partition, position) -> known.merge(partition, position, Math::max));
        announcement.run();
        return Progress.DONE;
    }

    private Runnable apply(List<Decoded<T>> records, Map<TopicPartition, Long> next) {
        Map<TopicPartition, Long> locked = positions.lock(next.keySet());
        locked.forEach((partition, position) -> {
            if (position < known.getOrDefault(partition, 0L)) {
                throw new OptimisticLockingFailureException(partition + " went back to " + position);
            }
        });
        List<T> changes = new ArrayList<>(records.size());
        for (Decoded<T> one : records) {
            if (one.record().offset() >= locked.getOrDefault(Handler.partition(one.record()), 0L)) {
                changes.add(one.value());
            }
        }
        Runnable announcement = changes.isEmpty() ? () -> {} : applier.apply(changes);
        positions.advance(next);
        return announcement;
    }

    /** Those that are ours, in the place where we read on, and not applied yet. */
    @Override
    public List<ConsumerRecord<byte[], byte[]>> fresh(
            List<ConsumerRecord<byte[], byte[]>> batch, Consumer<?, ?> consumer) {
        Set<TopicPartition> mine = new HashSet<>(consumer.assignment());
        if (!batch.isEmpty() || System.nanoTime() - looked > LOOK_EVERY.toNanos()) {
            look(mine);
        }
        // What was read before the seek comes again, or is not wanted.
        mine.removeAll(seek(consumer));
        List<ConsumerRecord<byte[], byte[]>> fresh = new ArrayList<>(batch.size());
        Set<TopicPartition> behind = new HashSet<>();
        for (ConsumerRecord<byte[], byte[]> record : batch) {
            TopicPartition partition = Handler.partition(record);
            if (mine.contains(partition)) {
                if (record.offset() >= known.getOrDefault(partition, 0L)) {
                    fresh.add(record);
                    behind.remove(partition);
                } else {
                    behind.add(partition);
                }
            }
        }
        // All applied, by another process, or the topic was made anew behind our back: the next seek finds out.
        toBeSought.addAll(behind);
        return fresh;
    }

    /** Past poison that is a dead letter now, and past what is no record; records have moved the position already. */
    @Override
    public void commit(Map<TopicPartition, Long> done, Consumer<?, ?> consumer) {
        Map<TopicPartition, Long> ahead = new HashMap<>();
        done.forEach((partition, next) -> {
            if (next > known.getOrDefault(partition, 0L)) {
                ahead.put(partition, next);
            }
        });
        if (!ahead.isEmpty()) {
            positions.advanceFrom(known, ahead);
            known.putAll(ahead);
        }
        lag.commit(done, consumer);
    }

    /** Reads the stored positions. Where one has gone back, so will the next seek. */
    private void look(Collection<TopicPartition> partitions) {
        positions.read(partitions).forEach((partition, next) -> {
            long before = known.getOrDefault(partition, 0L);
            if (next < before) {
                LOG.warn(
                        "{} was applied up to {}, and the database has it up to {}: it was put back, and is given the rest again",
                        partition,
                        before,
                        next);
                toBeSought.add(partition);
            }
            known.put(partition, next);
        });
        looked = System.nanoTime();
    }

    private Set<TopicPartition> seek(Consumer<?, ?> consumer) {
        Set<TopicPartition> seeking = new HashSet<>(toBeSought);
        seeking.retainAll(consumer.assignment());
        if (seeking.isEmpty()) {
            return seeking;
        }
        Map<TopicPartition, Long> stored = positions.read(seeking);
        Map<TopicPartition, Long> ends = consumer.endOffsets(seeking, TIME_LIMIT);
        for (TopicPartition partition : seeking) {
            long next = stored.getOrDefault(partition, 0L);
            long end = ends.getOrDefault(partition, 0L);
            if (next > end) {
                LOG.warn(
                        "{} ends at {} and was applied up to {}: it was made anew, and is read from its start",
                        partition,
                        end,
                        next);
                positions.reset(partition);
                next = 0;
            }
            consumer.seek(partition, next);
            known.put(partition, next);
        }
        toBeSought.removeAll(seeking);
        return seeking;
    }

    @Override
    public void assigned(Collection<TopicPartition> partitions) {
        toBeSought.addAll(partitions);
    }

    @Override
    public void released(Collection<TopicPartition> partitions) {
        toBeSought.removeAll(partitions);
        partitions.forEach(known::remove);
        lag.released(partitions);
    }

    @Override
    public void clear() {
        toBeSought.clear();
        known.clear();
        lag.clear();
    }
}
