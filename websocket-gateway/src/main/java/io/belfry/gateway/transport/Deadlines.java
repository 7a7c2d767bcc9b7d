package io.belfry.gateway.transport;

import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The deadlines of all sockets of a loop, looked at together: no socket has a timer of its own. On the loop only.
 */
final class Deadlines {

    /** Something with deadlines. Keeps its own place in the list, so that it costs no entry in a map. */
    interface Swept {

        /** Called about once a second; may remove itself. */
        void sweep(long nowMillis);

        /** The process ends: hangs up. */
        void abandon();

        /** What was last given to {@link #setPlace}; {@link Deadlines#NOWHERE} at first. */
        int place();

        void setPlace(int place);
    }

    /** The place of what is not in the list. */
    static final int NOWHERE = -1;

    private static final Logger LOG = LoggerFactory.getLogger(Deadlines.class);

    private final List<Swept> all = new ArrayList<>();

    void add(Swept swept) {
        swept.setPlace(all.size());
        all.add(swept);
    }

    /** One that is not there is ignored. */
    void remove(Swept swept) {
        int place = swept.place();
        if (place == NOWHERE) {
            return;
        }
        Swept last = all.remove(all.size() - 1);
        if (place < all.size()) {
            all.set(place, last);
            last.setPlace(place);
        }
        swept.setPlace(NOWHERE);
    }

    /** Hangs up on all. */
    void abandonAll() {
        List.copyOf(all).forEach(Deadlines::abandon);
    }

    /**
     * From the end, because the place of one that is removed is taken by the last. Does not throw: an event loop drops a
     * timer that does, and no socket of the loop would have deadlines any more.
     */
    void run(long nowMillis) {
        for (int i = all.size() - 1; i >= 0; i--) {
            if (i < all.size()) {
                sweep(all.get(i), nowMillis);
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
