package io.belfry.chaos.trials.clients;

import io.belfry.kit.contract.Json;
import io.belfry.kit.database.Database.Numbers;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * An answer of {@code changes}.
 *
 * @param after what was asked
 * @param seq as of which it was answered
 */
record ChangesAnswer(long after, long seq, boolean reset, Set<Long> notifications, Set<Long> deleted) {

    /** More than these are not named. */
    static final int MOST = 500;

    static ChangesAnswer of(long after, JsonNode body) {
        Set<Long> notifications = new HashSet<>();
        body.path("notifications")
                .forEach(row -> notifications.add(row.path("id").asLong()));
        return new ChangesAnswer(
                after,
                body.path("seq").asLong(),
                body.path("reset").asBoolean(),
                notifications,
                Set.copyOf(Json.ids(body.path("deleted"))));
    }

    /**
     * How many it had to name.
     *
     * @param later what has changed since {@code after}; of what is later than the answer, only additions
     */
    int due(List<Numbers> later) {
        return (int) later.stream().filter(this::isDue).count();
    }

    /** Whether it names just what it had to, or says that this is too much. */
    boolean isExact(List<Numbers> later) {
        if (due(later) > MOST) {
            return isReset();
        }
        Set<Long> present = new HashSet<>();
        Set<Long> gone = new HashSet<>();
        later.stream()
                .filter(this::isDue)
                .forEach(entry -> (entry.deleted() ? gone : present).add(entry.notification()));
        return !reset && notifications.equals(present) && deleted.equals(gone);
    }

    /** That it does not know, and no part. */
    boolean isReset() {
        return reset && notifications.isEmpty() && deleted.isEmpty();
    }

    private boolean isDue(Numbers entry) {
        return entry.added() <= seq && entry.changed() > after;
    }
}
