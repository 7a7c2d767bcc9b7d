package io.belfry.persister.intake;

import io.belfry.persister.failure.Patience;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Records that failed alone, for a reason that nobody knows, and poison that its dead-letter topic did not take. Their
 * neighbours go on; they are tried again from here, and no offset beyond one of them is committed until it is stored or
 * set aside. Not safe for use by more than one thread, but for {@link #letters}.
 */
final class HeldRecords {

    /** More of them look like a fault of the whole, which is waited for. */
    private static final int MAX_HELD = 100;

    /** A request, and what patience is left with it. */
    record Held(Intake.Request request, Patience patience) {}

    private final Map<TopicPartition, TreeMap<Long, Intake>> byPartition = new HashMap<>();
    private final Map<Intake.Request, Patience> patience = new LinkedHashMap<>();
    private volatile int letters;
    private volatile int turnedAway;

    /** Whether these can be held beside those that are. */
    boolean hasRoomFor(List<? extends Intake> more) {
        return all().count() + more.stream().filter(one -> !holds(one)).count() <= MAX_HELD;
    }

    boolean isEmpty() {
        return byPartition.isEmpty();
    }

    void hold(Intake.Request request, Patience left) {
        put(request);
        patience.put(request, left);
    }

    /** In the place of the request that it was, if it was held as one. */
    void hold(Intake.Poison poison) {
        put(poison);
    }

    private void put(Intake intake) {
        release(intake);
        byPartition
                .computeIfAbsent(partition(intake), unused -> new TreeMap<>())
                .put(intake.record().offset(), intake);
        recount();
    }

    void release(Intake intake) {
        TreeMap<Long, Intake> held = byPartition.get(partition(intake));
        if (held != null) {
            forget(held.remove(intake.record().offset()));
            byPartition.values().removeIf(TreeMap::isEmpty);
        }
    }

    /** Whether it is held already: its partition came back with it. */
    boolean holds(Intake intake) {
        TreeMap<Long, Intake> held = byPartition.get(partition(intake));
        return held != null && held.containsKey(intake.record().offset());
    }

    /** The requests that are to be tried again now. */
    List<Held> due() {
        return patience.entrySet().stream()
                .filter(one -> one.getValue().isDue())
                .map(one -> new Held(one.getKey(), one.getValue()))
                .toList();
    }

    List<Intake.Poison> poison() {
        return all().filter(Intake.Poison.class::isInstance)
                .map(Intake.Poison.class::cast)
                .toList();
    }

    /** How many wait for their dead-letter topic. For all threads. */
    int letters() {
        return letters + turnedAway;
    }

    /** So many more wait for it that there is no room for them here, so that everybody waits. */
    void turnedAway(int poison) {
        turnedAway = poison;
    }

    /** The first offset of a partition that must not be passed. */
    OptionalLong first(TopicPartition partition) {
        TreeMap<Long, Intake> held = byPartition.get(partition);
        return held == null ? OptionalLong.empty() : OptionalLong.of(held.firstKey());
    }

    /** Whoever reads these partitions next meets the records there. */
    void drop(Collection<TopicPartition> partitions) {
        for (TopicPartition partition : partitions) {
            TreeMap<Long, Intake> dropped = byPartition.remove(partition);
            if (dropped != null) {
                dropped.values().forEach(this::forget);
            }
        }
    }

    void clear() {
        byPartition.clear();
        patience.clear();
        turnedAway = 0;
        recount();
    }

    private void forget(@Nullable Intake gone) {
        if (gone instanceof Intake.Request request) {
            patience.remove(request);
        }
        recount();
    }

    private void recount() {
        letters = (int) all().filter(Intake.Poison.class::isInstance).count();
    }

    private Stream<Intake> all() {
        return byPartition.values().stream().flatMap(held -> held.values().stream());
    }

    private static TopicPartition partition(Intake intake) {
        return new TopicPartition(intake.record().topic(), intake.record().partition());
    }
}
