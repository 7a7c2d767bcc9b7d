package io.belfry.persister.intake;

import io.belfry.persister.failure.Patience;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/**
 * Records that failed alone, for a reason that nobody knows. Their neighbours go on; they are tried again from here, and
 * no offset beyond one of them is committed until it is stored or set aside. Not safe for use by more than one thread.
 */
final class HeldRecords {

    /** More of them look like a fault of the whole, which is waited for. */
    private static final int MAX_HELD = 100;

    record Held(Intake.Request request, Patience patience) {}

    private final Map<TopicPartition, TreeMap<Long, Held>> byPartition = new HashMap<>();
    private int count;

    boolean isFull() {
        return count >= MAX_HELD;
    }

    boolean isEmpty() {
        return count == 0;
    }

    void hold(Intake.Request request, Patience patience) {
        Held before = byPartition
                .computeIfAbsent(partition(request), unused -> new TreeMap<>())
                .put(request.record().offset(), new Held(request, patience));
        count += before == null ? 1 : 0;
    }

    void release(Intake.Request request) {
        TreeMap<Long, Held> held = byPartition.get(partition(request));
        if (held != null && held.remove(request.record().offset()) != null) {
            count--;
        }
    }

    /** Whether it is held already: its partition came back with it. */
    boolean holds(Intake.Request request) {
        TreeMap<Long, Held> held = byPartition.get(partition(request));
        return held != null && held.containsKey(request.record().offset());
    }

    List<Held> due() {
        List<Held> due = new ArrayList<>();
        for (TreeMap<Long, Held> held : byPartition.values()) {
            held.values().stream().filter(one -> one.patience().isDue()).forEach(due::add);
        }
        return due;
    }

    /** The first offset of a partition that must not be passed. */
    OptionalLong first(TopicPartition partition) {
        TreeMap<Long, Held> held = byPartition.get(partition);
        return held == null || held.isEmpty() ? OptionalLong.empty() : OptionalLong.of(held.firstKey());
    }

    /** Whoever reads these partitions next meets the records there. */
    void drop(Collection<TopicPartition> partitions) {
        for (TopicPartition partition : partitions) {
            TreeMap<Long, Held> dropped = byPartition.remove(partition);
            count -= dropped == null ? 0 : dropped.size();
        }
    }

    void clear() {
        byPartition.clear();
        count = 0;
    }

    private static TopicPartition partition(Intake.Request request) {
        return new TopicPartition(request.record().topic(), request.record().partition());
    }
}
