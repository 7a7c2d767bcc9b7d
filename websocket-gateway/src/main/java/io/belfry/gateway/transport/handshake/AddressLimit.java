package io.belfry.gateway.transport.handshake;

import java.net.InetAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts the sockets of each client address. Safe for use by many threads. */
public final class AddressLimit {

    private final int max;
    private final Map<InetAddress, Integer> open = new ConcurrentHashMap<>();

    public AddressLimit(int max) {
        this.max = max;
    }

    /** Counts one more unless that is one too many; a caller that gets true has to {@link #release}. */
    public boolean acquire(InetAddress address) {
        boolean[] acquired = {false};
        open.compute(address, (key, count) -> {
            int present = count == null ? 0 : count;
            acquired[0] = present < max;
            return acquired[0] ? present + 1 : count;
        });
        return acquired[0];
    }

    public void release(InetAddress address) {
        open.computeIfPresent(address, (key, count) -> count == 1 ? null : count - 1);
    }
}
