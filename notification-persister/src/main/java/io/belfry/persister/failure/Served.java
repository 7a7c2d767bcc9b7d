package io.belfry.persister.failure;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts what database and broker have done for anybody, so that a record which fails alone can be told from a world
 * that serves nobody. Safe for use by many threads.
 */
public final class Served {

    private final AtomicLong count = new AtomicLong();

    /** Something was stored and acknowledged. */
    public void more() {
        count.incrementAndGet();
    }

    long count() {
        return count.get();
    }
}
