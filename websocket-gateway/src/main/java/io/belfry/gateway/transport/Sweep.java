package io.belfry.gateway.transport;

import java.util.ArrayList;
import java.util.List;

/**
 * The deadlines of all sockets of a loop, looked at together: no socket has a timer of its own. On the loop only.
 */
final class Sweep {

    /** Something with deadlines. Keeps its own place in the list, so that it costs no entry in a map. */
    interface Swept {

        /** Called about once a second; may remove itself. */
        void sweep(long nowMillis);

        /** The process ends: hangs up. */
        void abandon();

        /** What was last given to {@link #setPlace}; {@link Sweep#NOWHERE} at first. */
        int place();

        void setPlace(int place);
    }

    /** The place of what is not in the list. */
    static final int NOWHERE = -1;

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
        List.copyOf(all).forEach(Swept::abandon);
    }

    /** From the end, because the place of one that is removed is taken by the last. */
    void run(long nowMillis) {
        for (int i = all.size() - 1; i >= 0; i--) {
            if (i < all.size()) {
                all.get(i).sweep(nowMillis);
            }
        }
    }
}
