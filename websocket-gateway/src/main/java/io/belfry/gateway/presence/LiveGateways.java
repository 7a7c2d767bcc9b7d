package io.belfry.gateway.presence;

import io.belfry.events.names.RedisKeys;
import io.belfry.gateway.presence.PresenceScripts.Beat;
import io.belfry.runtime.redis.RedisConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.LongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which gateways live, and that Redis holds the sessions of those alone. Used by the store's thread; waits for Redis, and
 * throws when it does not answer.
 */
final class LiveGateways {

    private static final Logger LOG = LoggerFactory.getLogger(LiveGateways.class);

    /** Within this time a gateway sees that Redis is away although no client comes. */
    private static final Duration BEAT_EVERY = Duration.ofSeconds(5);

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** Users told at once; far below the bound on commands under way, so that clients' sessions get through. */
    private static final int BATCH = 500;

    private final String gateway;
    private final OwnSessions own;
    private final PresenceScripts scripts;
    private Beat lastBeat = new Beat(true, List.of());
    private long lastBeatAt = System.nanoTime() - BEAT_EVERY.toNanos();
    private int restoresDue;

    LiveGateways(String gateway, OwnSessions own, PresenceScripts scripts) {
        this.gateway = gateway;
        this.own = own;
        this.scripts = scripts;
    }

    boolean isBeatDue() {
        return System.nanoTime() - lastBeatAt >= BEAT_EVERY.toNanos();
    }

    /** Says that this gateway lives. */
    void beat(RedisConnection redis) throws Exception {
        lastBeat = await(scripts.beat(redis, gateway));
        lastBeatAt = System.nanoTime();
    }

    /**
     * Acts upon what the beat told: writes this gateway's sessions again if Redis may not have them, and clears away
     * those of gateways that are gone.
     *
     * @param wasAway Redis did not hear of every change since the last beat
     * @param signedOut called for every user of a session written again who has signed out at some time
     */
    void update(RedisConnection redis, boolean wasAway, BiConsumer<Long, Instant> signedOut) throws Exception {
        if (lastBeat.wasGone()) {
            restoresDue =
                    2; // Another gateway may be clearing these sessions away just now: once more with the next beat.
        }
        if (wasAway || restoresDue > 0) {
            restore(redis, signedOut);
            restoresDue = Math.max(0, restoresDue - 1);
        }
        for (String gone : lastBeat.gone()) {
            clear(redis, gone);
        }
    }

    private void restore(RedisConnection redis, BiConsumer<Long, Instant> signedOut) throws Exception {
        TreeSet<Long> users = new TreeSet<>(own.snapshot().keySet());
        await(redis.run(commands -> commands.smembers(RedisKeys.gatewayUsers(gateway))))
                .forEach(user -> users.add(Long.valueOf(user)));
        inBatches(users, user -> {
            own.tell(user, here -> {
                String key = RedisKeys.gatewayUsers(gateway);
                var unused = redis.run(commands ->
                        here ? commands.sadd(key, Long.toString(user)) : commands.srem(key, Long.toString(user)));
            });
            return scripts.restoreSessions(redis, user, gateway, own.of(user))
                    .thenAccept(moment -> moment.ifPresent(at -> signedOut.accept(user, at)));
        });
    }

    private void clear(RedisConnection redis, String gone) throws Exception {
        List<Long> users = await(redis.run(commands -> commands.smembers(RedisKeys.gatewayUsers(gone)))).stream()
                .map(Long::valueOf)
                .toList();
        inBatches(users, user -> scripts.restoreSessions(redis, user, gone));
        if (await(scripts.forgetGateway(redis, gone))) {
            await(redis.run(commands -> commands.del(RedisKeys.gatewayUsers(gone))));
            LOG.info("gateway {} is gone; sessions of {} users cleared away", gone, users.size());
        }
    }

    private static void inBatches(Collection<Long> users, LongFunction<CompletionStage<?>> action) throws Exception {
        List<CompletableFuture<?>> underWay = new ArrayList<>(BATCH);
        for (long user : users) {
            underWay.add(action.apply(user).toCompletableFuture());
            if (underWay.size() == BATCH) {
                await(CompletableFuture.allOf(underWay.toArray(CompletableFuture[]::new)));
                underWay.clear();
            }
        }
        await(CompletableFuture.allOf(underWay.toArray(CompletableFuture[]::new)));
    }

    private static <T> T await(CompletionStage<T> answer)
            throws InterruptedException, ExecutionException, TimeoutException {
        return answer.toCompletableFuture().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }
}
