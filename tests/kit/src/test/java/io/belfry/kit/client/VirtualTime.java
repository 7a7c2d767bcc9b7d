package io.belfry.kit.client;

import java.util.Comparator;
import java.util.PriorityQueue;

/** Runs what is due in order of time, without waiting for it. */
final class VirtualTime {

    private record Due(long millis, long order, Runnable step) {}

    private final PriorityQueue<Due> queue =
            new PriorityQueue<>(Comparator.comparingLong(Due::millis).thenComparingLong(Due::order));
    private long now;
    private long scheduled;

    void after(long millis, Runnable step) {
        queue.add(new Due(now + millis, scheduled++, step));
    }

    void run() {
        for (Due next = queue.poll(); next != null; next = queue.poll()) {
            now = next.millis();
            next.step().run();
        }
    }
}
