package io.belfry.persister.fanout;

import io.belfry.events.EventId;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Up to which user this process has announced requests that it has not finished, all of it acknowledged. Without it
 * every chunk of a large course would announce all chunks before it again. Losing it costs just that, so it is kept for
 * few and in memory only. Safe for use by many threads.
 */
public final class AnnouncedSoFar {

    private static final int MAX_REQUESTS = 1_000;

    private final Map<EventId, Long> upTo = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<EventId, Long> eldest) {
            return size() > MAX_REQUESTS;
        }
    };

    /** 0 = none. */
    synchronized long upTo(EventId request) {
        return upTo.getOrDefault(request, 0L);
    }

    synchronized void remember(EventId request, long user) {
        upTo.put(request, user);
    }

    synchronized void forget(EventId request) {
        upTo.remove(request);
    }
}
