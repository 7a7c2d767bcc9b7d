package io.belfry.persister.pipeline;

import io.belfry.persister.pipeline.Handler.Decoded;
import io.belfry.persister.pipeline.Handler.Poison;
import io.belfry.persister.pipeline.RetryBudgets.Budget;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Records that fail alone for an unknown reason or wait for a locked row, and poison that its dead-letter topic does not take. They are tried
 * again from here while their neighbours go on. So are large ones, which are stored part by part: they take turns, and those of
 * the same key wait here behind them. No offset beyond one of all these is committed until it is stored or a dead
 * letter: the container can not keep a partition's offset behind a record, which is why offsets are committed by us.
 *
 * <p>This is also where the order of a topic is chosen: with room for none, no record is overtaken. Not safe for use by
 * more than one thread, but for {@link #poisonWaiting}.
 *
 * @param <T> what a record says
 */
final class RetryQueue<T> {

    /** More of them look like a fault of the whole, for which all records wait. */
    private static final int MANY = 100;

    /** More that take turns would be a backlog in memory; they stay in Kafka. */
    private static final int MANY_IN_TURN = 50;

    private static final long NO_TURN = 0;

    /** What becomes of a record that failed alone. */
    enum Verdict {
        /** It is tried again from here, and its neighbours go on. */
        QUEUED,
        /** It has to be tried in its place, and all after it wait. */
        IN_ITS_WAY,
        /** It has had its time. */
        EXHAUSTED
    }

    /**
     * @param decoded null = it is poison
     * @param turn number of its last one; {@value #NO_TURN} = it takes none
     */
    private record Entry<T>(
            ConsumerRecord<byte[], byte[]> record,
            @Nullable Decoded<T> decoded,
            @Nullable Poison poison,
            Budget budget,
            boolean queued,
            long turn) {

        boolean takesTurns() {
            return turn != NO_TURN;
        }

        boolean hasKeyOf(ConsumerRecord<byte[], byte[]> other) {
            return other.key() != null && Arrays.equals(record.key(), other.key());
        }
    }

    private final int capacity;
    private final RetryBudgets budgets;
    private final Map<TopicPartition, TreeMap<Long, Entry<T>>> byPartition = new HashMap<>();
    private long turns;
    private volatile int poisonWaiting;

    /** @param keepingOrder whether a record that fails holds up its successors, which depend on it */
    RetryQueue(boolean keepingOrder, RetryBudgets budgets) {
        this.capacity = keepingOrder ? 0 : MANY;
        this.budgets = budgets;
    }

    boolean keepsOrder() {
        return capacity == 0;
    }

    /**
     * It failed alone.
     *
     * @param counts whether it may do so only as long as its budget lasts
     */
    Verdict failed(Decoded<T> one, boolean counts) {
        Entry<T> before = find(one.record());
        Budget budget = before == null ? budgets.begin() : before.budget();
        if (before != null) {
            budget.failedAgain(counts);
        }
        if (counts && budget.isExhausted()) {
            return Verdict.EXHAUSTED;
        }
        boolean queued = before == null ? hasRoomFor(1) : before.queued();
        put(new Entry<>(one.record(), one, null, budget, queued, NO_TURN));
        return queued ? Verdict.QUEUED : Verdict.IN_ITS_WAY;
    }

    /** Takes all of these, or none and returns false. */
    boolean hold(List<Poison> refused) {
        List<Poison> more =
                refused.stream().filter(one -> find(one.record()) == null).toList();
        if (!hasRoomFor(more.size())) {
            return false;
        }
        refused.forEach(one -> put(new Entry<>(one.record(), null, one, budgets.begin(), true, NO_TURN)));
        return true;
    }

    private boolean hasRoomFor(int more) {
        return entries().filter(entry -> entry.queued() && !entry.takesTurns()).count() + more <= capacity;
    }

    /**
     * From now on it takes turns: a part of it is stored, or it has to stay behind one that takes them.
     *
     * @return false if there is no room for it
     */
    boolean takeTurns(Decoded<T> one) {
        boolean fits = holds(one.record()) || inTurn().count() < MANY_IN_TURN;
        if (fits) {
            giveTurn(one);
        }
        return fits;
    }

    private void giveTurn(Decoded<T> one) {
        put(new Entry<>(one.record(), one, null, budgets.begin(), true, ++turns));
    }

    /** Whether it takes turns already, or has to wait for one of its key that does. */
    boolean isInTurn(ConsumerRecord<byte[], byte[]> record) {
        Entry<T> entry = find(record);
        return entry == null ? isBehind(record) : entry.takesTurns();
    }

    private boolean isBehind(ConsumerRecord<byte[], byte[]> record) {
        TreeMap<Long, Entry<T>> entries = byPartition.get(Handler.partition(record));
        return entries != null
                && entries.headMap(record.offset()).values().stream()
                        .anyMatch(before -> before.takesTurns() && before.hasKeyOf(record));
    }

    boolean hasTurns() {
        return inTurn().findAny().isPresent();
    }

    /** The one that has waited longest for a turn, which it has now. */
    Optional<Decoded<T>> nextTurn() {
        Optional<Decoded<T>> next = inTurn().filter(entry -> !isBehind(entry.record()))
                .min(Comparator.comparingLong(Entry::turn))
                .map(Entry::decoded);
        next.ifPresent(this::giveTurn);
        return next;
    }

    private Stream<Entry<T>> inTurn() {
        return entries().filter(Entry::takesTurns);
    }

    /** Records that are to be tried again now. */
    List<Decoded<T>> due() {
        return entries()
                .filter(entry ->
                        entry.queued() && !entry.takesTurns() && entry.budget().isDue())
                .flatMap(entry -> Stream.ofNullable(entry.decoded()))
                .toList();
    }

    List<Poison> poison() {
        return entries().flatMap(entry -> Stream.ofNullable(entry.poison())).toList();
    }

    /** How many wait for their dead-letter topic. For all threads. */
    int poisonWaiting() {
        return poisonWaiting;
    }

    boolean holds(ConsumerRecord<byte[], byte[]> record) {
        return find(record) != null;
    }

    /** It is stored and announced, or a dead letter. */
    void release(ConsumerRecord<byte[], byte[]> record) {
        TreeMap<Long, Entry<T>> entries = byPartition.get(Handler.partition(record));
        if (entries != null && entries.remove(record.offset()) != null) {
            byPartition.values().removeIf(TreeMap::isEmpty);
            recount();
        }
    }

    /** The time of the oldest record here, in milliseconds since 1970. */
    OptionalLong oldest() {
        return entries().mapToLong(entry -> entry.record().timestamp()).min();
    }

    /** The first offset of a partition that must not be passed. */
    OptionalLong first(TopicPartition partition) {
        TreeMap<Long, Entry<T>> entries = byPartition.get(partition);
        return entries == null ? OptionalLong.empty() : OptionalLong.of(entries.firstKey());
    }

    /** The process that reads these partitions next meets the records there. */
    void drop(Collection<TopicPartition> partitions) {
        byPartition.keySet().removeAll(partitions);
        recount();
    }

    void clear() {
        byPartition.clear();
        recount();
    }

    private void put(Entry<T> entry) {
        byPartition
                .computeIfAbsent(Handler.partition(entry.record()), unused -> new TreeMap<>())
                .put(entry.record().offset(), entry);
        recount();
    }

    private @Nullable Entry<T> find(ConsumerRecord<byte[], byte[]> record) {
        TreeMap<Long, Entry<T>> entries = byPartition.get(Handler.partition(record));
        return entries == null ? null : entries.get(record.offset());
    }

    private void recount() {
        poisonWaiting = (int) entries().filter(entry -> entry.poison() != null).count();
    }

    private Stream<Entry<T>> entries() {
        return byPartition.values().stream().flatMap(entries -> entries.values().stream());
    }
}
