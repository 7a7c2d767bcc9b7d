package io.belfry.kit.client;

import java.util.Comparator;
import java.util.PriorityQueue;

/** Steps in a time that passes at once. */
final class VirtualTime {

    private record Due(long at, long order, Runnable step) {}

    private final PriorityQueue<Due> due =
            new PriorityQueue<>(Comparator.comparingLong(Due::at).thenComparingLong(Due::order));
    private long now;
    private long planned;

    void after(long millis, Runnable step) {
        due.add(new Due(now + millis, planned++, step));
    }

    /** Takes all steps that are due by then, their last moment included. */
    void pass(long millis) {
        long end = now + millis;
        while (!due.isEmpty() && due.element().at() <= end) {
            Due next = due.remove();
            now = next.at();
            next.step().run();
        }
        now = end;
    }
}
