package io.belfry.persister.positions;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.TopicPartition;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Applies records and moves their position, both or neither. Whoever comes late, with records that another has applied
 * meanwhile, finds them below the position and writes nothing.
 */
final class PositionedWrites<T> {

    private final TransactionOperations transactions;
    private final StoredPositions positions;
    private final Applier<T> applier;

    PositionedWrites(TransactionOperations transactions, StoredPositions positions, Applier<T> applier) {
        this.transactions = transactions;
        this.positions = positions;
        this.applier = applier;
    }

    /**
     * Returns what is to be sent now that it is committed.
     *
     * @param known where the positions were last seen, or lower
     * @throws OptimisticLockingFailureException if one is lower by now: the database was put back meanwhile, and what it
     *     lacks comes before these
     */
    Runnable apply(List<Positioned<T>> records, Map<TopicPartition, Long> known) {
        return Objects.requireNonNull(transactions.execute(status -> applyInTransaction(records, known)));
    }

    private Runnable applyInTransaction(List<Positioned<T>> records, Map<TopicPartition, Long> known) {
        Map<TopicPartition, Long> next = new HashMap<>();
        records.forEach(one -> next.merge(one.partition(), one.record().offset() + 1, Math::max));
        Map<TopicPartition, Long> locked = positions.lock(next.keySet());
        locked.forEach((partition, position) -> {
            if (position < known.getOrDefault(partition, 0L)) {
                throw new OptimisticLockingFailureException(partition + " went back to " + position);
            }
        });
        List<T> changes = new ArrayList<>(records.size());
        for (Positioned<T> one : records) {
            if (one.change() != null && one.record().offset() >= locked.getOrDefault(one.partition(), 0L)) {
                changes.add(one.change());
            }
        }
        Runnable announcement = changes.isEmpty() ? () -> {} : applier.apply(changes);
        positions.advance(next);
        return announcement;
    }
}
