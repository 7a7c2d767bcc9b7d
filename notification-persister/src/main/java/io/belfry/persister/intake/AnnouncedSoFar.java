package io.belfry.persister.intake;

import io.belfry.events.EventId;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Up to which user this process has announced a request that it has not finished, all of it acknowledged. Without it
 * every slice of a very large course would announce all slices before it again. Losing it costs just that, so it is
 * kept for few and in memory only.
 */
final class AnnouncedSoFar {

    private static final int MAX_REQUESTS = 100;

    private final Map<EventId, Long> upTo = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<EventId, Long> eldest) {
            return size() > MAX_REQUESTS;
        }
    };

    /** 0 = nobody. */
    long upTo(EventId request) {
        return upTo.getOrDefault(request, 0L);
    }

    void remember(EventId request, long user) {
        upTo.put(request, user);
    }

    void forget(EventId request) {
        upTo.remove(request);
    }
}
