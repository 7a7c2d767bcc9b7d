package io.belfry.persister.positions;

import io.belfry.events.PoisonCode;
import io.belfry.events.PoisonException;
import io.belfry.persister.deadletter.DeadLetters;
import io.belfry.persister.failure.FailureKind;
import io.belfry.persister.failure.Patience;
import io.belfry.persister.failure.Served;
import io.belfry.persister.kafka.Offsets;
import io.belfry.persister.kafka.Outbox;
import io.belfry.persister.kafka.TopicListener;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Reads topics whose records are applied once, in order. Where to read on is the stored position's to say; the offsets
 * that are committed to Kafka only show others the lag. A record that fails alone holds up its successors for as long
 * as there is patience with it: they may depend on it.
 *
 * @param <T> a record as it was understood
 */
public final class PositionedListener<T> implements TopicListener {

    private static final Logger LOG = LoggerFactory.getLogger(PositionedListener.class);

    /** A record that fails alone, and what patience is left with it. */
    private record Failing(ConsumerRecord<byte[], byte[]> record, Patience patience) {

        boolean is(ConsumerRecord<byte[], byte[]> other) {
            return record.offset() == other.offset()
                    && record.partition() == other.partition()
                    && record.topic().equals(other.topic());
        }
    }

    private final Applier<T> applier;
    private final PositionedWrites<T> writes;
    private final Positioning positioning;
    private final PositionedDeadLetters deadLetters;
    private final Outbox outbox;
    private final Served served;
    private final Supplier<Patience> patience;
    private final Offsets offsets = new Offsets();

    /** What is committed and perhaps not sent; null = nothing. */
    private @Nullable Runnable unannounced;

    private @Nullable Failing failing;

    /**
     * @param outbox this listener's own
     * @param patience begins with the first failure of a record
     */
    public PositionedListener(
            Applier<T> applier,
            TransactionOperations transactions,
            StoredPositions positions,
            DeadLetters deadLetters,
            Outbox outbox,
            Served served,
            Supplier<Patience> patience) {
        this.applier = applier;
        this.writes = new PositionedWrites<>(transactions, positions, applier);
        this.positioning = new Positioning(positions);
        this.deadLetters = new PositionedDeadLetters(deadLetters);
        this.outbox = outbox;
        this.served = served;
        this.patience = patience;
    }

    @Override
    public void onRecords(List<ConsumerRecord<byte[], byte[]>> records, Consumer<?, ?> consumer) {
        outbox.forget();
        deadLetters.begin();
        announce();
        List<ConsumerRecord<byte[], byte[]>> fresh = positioning.fresh(records, consumer);
        List<Positioned<T>> understood = new ArrayList<>(fresh.size());
        for (ConsumerRecord<byte[], byte[]> record : fresh) {
            understood.add(decode(record));
        }
        deadLetters.write();
        try {
            write(understood);
        } catch (RuntimeException e) {
            if (FailureKind.of(e) == FailureKind.WORLD) {
                throw e;
            }
            understood.forEach(this::writeAlone);
        }
        deadLetters.forget();
        offsets.commit(consumer, partition -> OptionalLong.empty());
    }

    private Positioned<T> decode(ConsumerRecord<byte[], byte[]> record) {
        try {
            return new Positioned<>(record, applier.decode(record));
        } catch (PoisonException e) {
            return setAside(record, e.code(), String.valueOf(e.getMessage()));
        }
    }

    private Positioned<T> setAside(ConsumerRecord<byte[], byte[]> record, PoisonCode code, String detail) {
        deadLetters.add(record, code, detail);
        return new Positioned<>(record, null);
    }

    private void write(List<Positioned<T>> records) {
        if (records.isEmpty()) {
            return;
        }
        unannounced = writes.apply(records, positioning.known());
        served.more();
        records.forEach(one -> {
            offsets.done(one.partition(), one.record().offset() + 1);
            positioning.moved(one.partition(), one.record().offset() + 1);
        });
        announce();
    }

    private void writeAlone(Positioned<T> one) {
        try {
            write(List.of(one));
        } catch (RuntimeException e) {
            FailureKind kind = FailureKind.of(e);
            if (kind == FailureKind.WORLD || (kind == FailureKind.UNKNOWN && !isExhausted(one.record(), e))) {
                throw e;
            }
            Positioned<T> passed = kind == FailureKind.RECORD
                    ? setAside(one.record(), PoisonCode.INVALID_FIELD, "the database can not hold it")
                    : setAside(one.record(), PoisonCode.UNPROCESSABLE, "kept failing alone while others were served");
            deadLetters.write();
            write(List.of(passed));
        }
    }

    private boolean isExhausted(ConsumerRecord<byte[], byte[]> record, RuntimeException failure) {
        Failing current = failing;
        if (current == null || !current.is(record)) {
            LOG.error(
                    "{}-{}@{} fails alone; it is tried again and its successors wait",
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    failure);
            failing = new Failing(record, patience.get());
            return false;
        }
        current.patience().failedAgain();
        return current.patience().isExhausted();
    }

    /** A commit that could not be announced is announced by the next attempt; one lost in a crash is a hole for clients. */
    private void announce() {
        if (unannounced != null) {
            unannounced.run();
            outbox.awaitAll();
            unannounced = null;
        }
    }

    @Override
    public void onIdle(Consumer<?, ?> consumer) {
        try {
            positioning.idle(consumer);
        } catch (RuntimeException e) {
            LOG.debug("The position could not be stored: {}", e.toString());
        }
    }

    @Override
    public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        positioning.assigned(partitions);
    }

    @Override
    public void onPartitionsRevokedBeforeCommit(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        offsets.drop(partitions);
        positioning.released(partitions);
    }

    @Override
    public void onPartitionsLost(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        offsets.drop(partitions);
        positioning.released(partitions);
    }

    @Override
    public void reset() {
        offsets.clear();
        positioning.clear();
        deadLetters.forget();
        outbox.forget();
        unannounced = null;
        failing = null;
    }
}
