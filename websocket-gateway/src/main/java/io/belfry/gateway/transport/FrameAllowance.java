package io.belfry.gateway.transport;

/**
 * Exactly how many frames came within the last window. Remembers no more moments than it needs: a client that is silent
 * but for a heartbeat costs a few bytes.
 */
final class FrameAllowance {

    private static final int FIRST_SIZE = 4;

    private final int max;
    private final int windowMillis;

    /** A ring of moments, oldest at {@code first}; milliseconds since an arbitrary moment, wrapping around. */
    private int[] moments = new int[FIRST_SIZE];

    private int first;
    private int count;

    /** @param max frames in a window, 1 or more */
    FrameAllowance(int max, int windowMillis) {
        this.max = max;
        this.windowMillis = windowMillis;
    }

    /** Whether one more frame, now, is within the allowance. */
    boolean take(long nowMillis) {
        int now = (int) nowMillis;
        while (count > 0 && now - moments[first] >= windowMillis) {
            first = (first + 1) % moments.length;
            count--;
        }
        if (count == max) {
            return false;
        }
        if (count == moments.length) {
            grow();
        }
        moments[(first + count) % moments.length] = now;
        count++;
        return true;
    }

    private void grow() {
        int[] larger = new int[Math.min(max, moments.length * 2)];
        int untilEnd = moments.length - first;
        System.arraycopy(moments, first, larger, 0, untilEnd);
        System.arraycopy(moments, 0, larger, untilEnd, first);
        moments = larger;
        first = 0;
    }
}
