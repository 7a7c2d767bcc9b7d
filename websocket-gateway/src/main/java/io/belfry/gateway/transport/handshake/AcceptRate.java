package io.belfry.gateway.transport.handshake;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Lets at most so many handshakes in within any second, over all event loops: thousands of clients that lost another
 * gateway come in step by step. Exact, where a bucket of tokens as large as a second's would let twice as many through
 * in its first. Handshakes that no good token comes with have a share for each address, so that no address takes the
 * rate from the others. Safe for use by many threads.
 */
public final class AcceptRate {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    /** When the last ones were let in, oldest at {@code oldest}; by {@link System#nanoTime}. */
    private final long[] moments;

    private int oldest;

    /** Handshakes without a good token in the second of {@code second}, by their addresses. */
    private final Map<InetAddress, Integer> unproven = new HashMap<>();

    private long second;

    /** @param maxPerSecond 0 = no limit */
    public AcceptRate(int maxPerSecond, long nowNanos) {
        moments = new long[maxPerSecond];
        Arrays.fill(moments, nowNanos - SECOND);
    }

    /** Whether one more, now, is within the rate; if so it counts. */
    public synchronized boolean take(long nowNanos) {
        if (moments.length == 0) {
            return true;
        }
        if (nowNanos - moments[oldest] < SECOND) {
            return false;
        }
        moments[oldest] = nowNanos;
        oldest = (oldest + 1) % moments.length;
        return true;
    }

    /** Whether one more of this address without a good token is within its share, a tenth of the rate; if so it counts. */
    public synchronized boolean takeUnproven(InetAddress address, long nowNanos) {
        if (moments.length == 0) {
            return true;
        }
        if (nowNanos / SECOND != second) {
            second = nowNanos / SECOND;
            unproven.clear();
        }
        return unproven.merge(address, 1, Integer::sum) <= Math.max(1, moments.length / 10);
    }
}
