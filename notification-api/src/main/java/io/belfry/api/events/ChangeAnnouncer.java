package io.belfry.api.events;

import io.belfry.events.InboxChanged;

/** Tells every gateway that an inbox changed. */
@FunctionalInterface
public interface ChangeAnnouncer {

    /**
     * Hands the event on and returns, within 100 ms at the worst; never throws. Call it after the commit and before the
     * answer. An event lost here is a hole in the numbers, which clients find and close by themselves.
     */
    void announce(InboxChanged change);
}
