package io.belfry.gateway.presence;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.LongStream;

/**
 * The sessions open on this gateway: the truth that Redis is made to agree with. Safe for use by many threads; the
 * actions that tell Redis run while the user's entry is locked, so that it hears of one user's changes in their order.
 */
final class OwnSessions {

    private final Map<Long, long[]> byUser = new ConcurrentHashMap<>();

    /** @param tellFirst runs if it is the user's first here */
    void add(long user, long session, Runnable tellFirst) {
        byUser.compute(user, (id, present) -> {
            if (present == null) {
                tellFirst.run();
                return new long[] {session};
            }
            long[] all = Arrays.copyOf(present, present.length + 1);
            all[present.length] = session;
            return all;
        });
    }

    /** @param tellLast runs if it was the user's last here */
    void remove(long user, long session, Runnable tellLast) {
        byUser.computeIfPresent(user, (id, present) -> {
            long[] left =
                    LongStream.of(present).filter(other -> other != session).toArray();
            if (left.length > 0) {
                return left;
            }
            tellLast.run();
            return null;
        });
    }

    /**
     * Runs the action without any change to the user's sessions meanwhile.
     *
     * @param action gets whether there are any
     */
    void tell(long user, Consumer<Boolean> action) {
        byUser.compute(user, (id, sessions) -> {
            action.accept(sessions != null);
            return sessions;
        });
    }

    /** The sessions of every user at this moment, roughly. */
    Map<Long, long[]> snapshot() {
        return new HashMap<>(byUser);
    }

    /** The user's sessions at this moment; maybe none. */
    long[] of(long user) {
        return byUser.getOrDefault(user, new long[0]);
    }
}
