package io.belfry.gateway.transport;

import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The deadlines of all sockets of a loop, looked at together: no socket has a timer of its own. On the loop only. */
final class Deadlines {

    /** Something with deadlines. */
    interface Swept {

        /**
         * It is due; may remove itself.
         *
         * @return when it is due again, by the same clock
         */
        long sweep(long nowMillis);

        /** The process ends: hangs up. */
        void abandon();
    }

    /** When one of them is due. Those that are not are passed without a look at their sockets, which are in no cache. */
    final class Deadline {

        private final Swept owner;
        private long dueMillis;
        private int place;

        private Deadline(Swept owner, long dueMillis) {
            this.owner = owner;
            this.dueMillis = dueMillis;
            this.place = all.size();
            all.add(this);
        }

        void set(long newDueMillis) {
            dueMillis = newDueMillis;
        }

        /** One that is removed already stays so. */
        void remove() {
            if (place >= 0) {
                Deadline last = all.remove(all.size() - 1);
                if (last != this) {
                    all.set(place, last);
                    last.place = place;
                }
                place = -1;
            }
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(Deadlines.class);

    private final List<Deadline> all = new ArrayList<>();

    Deadline add(Swept swept, long dueMillis) {
        return new Deadline(swept, dueMillis);
    }

    /** Hangs up on all. */
    void abandonAll() {
        List.copyOf(all).forEach(each -> abandon(each.owner));
    }

    /**
     * Sweeps what is due. Does not throw: an event loop drops a timer that does, and no socket of the loop would have
     * deadlines any more.
     */
    void run(long nowMillis) {
        // From the end: what takes the place of one that is removed was there before.
        for (int i = all.size() - 1; i >= 0; i--) {
            if (i < all.size() && nowMillis >= all.get(i).dueMillis) {
                sweep(all.get(i), nowMillis);
            }
        }
    }

    private static void sweep(Deadline deadline, long nowMillis) {
        try {
            deadline.set(deadline.owner.sweep(nowMillis));
        } catch (Throwable e) { // the JVM's errors too: here they can be told, see RedisSessionStore
            LOG.error("the deadlines of a socket cannot be kept; it is hung up", e);
            deadline.remove();
            abandon(deadline.owner);
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
