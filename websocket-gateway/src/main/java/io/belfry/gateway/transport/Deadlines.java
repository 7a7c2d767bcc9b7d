package io.belfry.gateway.transport;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The deadlines of all sockets of a loop, looked at together: no socket has a timer of its own. On the loop only. */
final class Deadlines {

    /** Something with deadlines. */
    interface Swept {

        /** Called about once a second; may remove itself. */
        void sweep(long nowMillis);

        /** The process ends: hangs up. */
        void abandon();
    }

    private static final Logger LOG = LoggerFactory.getLogger(Deadlines.class);

    private final Set<Swept> all = new HashSet<>();

    void add(Swept swept) {
        all.add(swept);
    }

    /** One that is not there is ignored. */
    void remove(Swept swept) {
        all.remove(swept);
    }

    /** Hangs up on all. */
    void abandonAll() {
        List.copyOf(all).forEach(Deadlines::abandon);
    }

    /**
     * Does not throw: an event loop drops a timer that does, and no socket of the loop would have deadlines any more.
     */
    void run(long nowMillis) {
        for (Swept each : List.copyOf(all)) {
            if (all.contains(each)) { // not removed by another one meanwhile
                sweep(each, nowMillis);
            }
        }
    }

    private void sweep(Swept swept, long nowMillis) {
        try {
            swept.sweep(nowMillis);
        } catch (Throwable e) { // the JVM's errors too: here they can be told, see RedisSessionStore
            LOG.error("the deadlines of a socket cannot be kept; it is hung up", e);
            remove(swept);
            abandon(swept);
        }
    }

    private static void abandon(Swept swept) {
        try {
            swept.abandon();
        } catch (Throwable e) {
            LOG.error("a socket cannot be hung up", e);
        }
    }
}
