package io.belfry.gateway.presence;

import io.belfry.events.names.RedisKeys;
import io.belfry.runtime.periodic.PeriodicTasks;
import io.belfry.runtime.redis.RedisConnection;
import io.belfry.runtime.redis.RedisUnavailableException;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@link SessionStore} in Redis, shared by all gateways. What is open here is kept here too ({@link OwnSessions}): when
 * Redis was away, or took this gateway for gone, all of it is written again.
 *
 * <p>A periodic task says every 5 s that this gateway lives, and clears away what gateways left that died.
 */
public final class RedisSessionStore implements SessionStore {

    private static final Logger LOG = LoggerFactory.getLogger(RedisSessionStore.class);

    private static final Duration TICK = Duration.ofSeconds(1);
    private static final Duration CLOSING = Duration.ofSeconds(2);

    /** Until then the hints of what has left the inbox are written, and would come after their removal. */
    private static final Duration ERASE_AFTER = Duration.ofSeconds(5);

    private final String gateway;
    private final int sessionsPerUser;
    private final GatewayRedis redis;
    private final OwnSessions own = new OwnSessions();
    private final PresenceScripts scripts = new PresenceScripts();
    private final LiveGateways liveGateways;
    private final Map<Long, Long> toErase = new ConcurrentHashMap<>();
    private final PeriodicTasks heartbeat = new PeriodicTasks("sessions", 1);

    /**
     * @param gateway this process's name, new at every start
     * @param sessionsPerUser most sessions that a user has over all gateways, 1 or more
     * @param redis is opened and closed by this
     */
    public RedisSessionStore(String gateway, int sessionsPerUser, GatewayRedis redis) {
        this.gateway = gateway;
        this.sessionsPerUser = sessionsPerUser;
        this.redis = redis;
        this.liveGateways = new LiveGateways(gateway, own, scripts);
    }

    @Override
    public void start(Listener listener) {
        redis.open(
                (channel, message) -> hear(listener, channel, message),
                RedisKeys.SIGN_OUTS,
                RedisKeys.gatewayControl(gateway));
        heartbeat.every(TICK, () -> beatIfDue(listener));
    }

    /** Both channels say {@code <user>:<number>}. */
    private static void hear(Listener listener, String channel, String message) {
        int colon = message.indexOf(':');
        try {
            long user = Long.parseLong(message.substring(0, Math.max(0, colon)));
            long number = Long.parseLong(message.substring(colon + 1));
            if (channel.equals(RedisKeys.SIGN_OUTS)) {
                listener.signedOut(user, Instant.ofEpochMilli(number));
            } else {
                listener.superseded(user, number);
            }
        } catch (NumberFormatException e) {
            LOG.warn("a message on {} is not <user>:<number>", channel);
        }
    }

    private void beatIfDue(Listener listener) {
        try {
            RedisConnection connection = redis.connected();
            if (redis.isOutOfStep() || liveGateways.isBeatDue()) {
                boolean writeAgain = redis.takeOutOfStep();
                liveGateways.beat(connection);
                // From here on what is opened writes itself; what was opened before is written by the update.
                redis.answered();
                liveGateways.update(connection, writeAgain, listener::signedOut);
            }
            eraseDue(connection);
            redis.settled();
        } catch (Throwable e) { // the JVM's errors too: Redis counts as away, and the log says why
            redis.failed(e);
        }
    }

    @Override
    public void erase(long user) {
        toErase.put(user, System.nanoTime() + ERASE_AFTER.toNanos());
    }

    private void eraseDue(RedisConnection connection) throws RedisUnavailableException {
        for (Map.Entry<Long, Long> each : Map.copyOf(toErase).entrySet()) {
            long user = each.getKey();
            if (System.nanoTime() - each.getValue() >= 0) {
                RedisConnection.await(scripts.signOut(connection, user));
                RedisConnection.await(connection.run(commands -> commands.del(RedisKeys.userSessions(user))));
                toErase.remove(user, each.getValue());
            }
        }
    }

    @Override
    public CompletionStage<Outcome> open(long user, long session, @Nullable Instant issuedAt) {
        RedisConnection present = redis.present();
        own.add(user, session, () -> tell(r -> r.sadd(RedisKeys.gatewayUsers(gateway), Long.toString(user))));
        if (present == null) {
            return CompletableFuture.completedFuture(Outcome.UNKNOWN);
        }
        return scripts.openSession(present, user, SessionName.of(gateway, session), issuedAt, sessionsPerUser)
                .handle((opened, failure) -> {
                    if (failure != null) {
                        redis.failed(failure);
                        return Outcome.UNKNOWN;
                    }
                    opened.evicted().forEach(evicted -> supersede(user, evicted));
                    if (opened.signedOut()) {
                        close(user, session);
                        return Outcome.SIGNED_OUT;
                    }
                    return Outcome.OPENED;
                });
    }

    /** Asks the session's gateway to close it. */
    private void supersede(long user, String evicted) {
        tell(commands -> commands.publish(
                RedisKeys.gatewayControl(SessionName.gateway(evicted)), user + ":" + SessionName.number(evicted)));
    }

    @Override
    public void close(long user, long session) {
        own.remove(user, session, () -> tell(r -> r.srem(RedisKeys.gatewayUsers(gateway), Long.toString(user))));
        tell(commands -> commands.zrem(RedisKeys.userSessions(user), SessionName.of(gateway, session)));
    }

    @Override
    public CompletionStage<Boolean> isSignedOut(long user, @Nullable Instant issuedAt) {
        RedisConnection present = redis.present();
        if (present == null) {
            return CompletableFuture.completedFuture(false);
        }
        return scripts.isSignedOut(present, user, issuedAt).handle((signedOut, failure) -> {
            if (failure != null) {
                redis.failed(failure);
                return false;
            }
            return signedOut;
        });
    }

    /** Sends a command without waiting for its answer. */
    private void tell(Function<RedisClusterAsyncCommands<String, String>, ? extends CompletionStage<?>> command) {
        RedisConnection present = redis.present();
        if (present != null) {
            var unused = present.<Object>run(commands -> command.apply(commands).thenApply(answer -> answer))
                    .whenComplete((answer, failure) -> {
                        if (failure != null) {
                            redis.failed(failure);
                        }
                    });
        }
    }

    @Override
    public void close() {
        heartbeat.close();
        RedisConnection connection = redis.connection();
        try {
            if (connection != null && connection.isMade()) {
                withdraw(connection);
            }
        } catch (Exception e) { // The others clear it away in half a minute.
            LOG.warn("this gateway's sessions stay in Redis for a while: {}", e.toString());
        }
        redis.close();
    }

    private void withdraw(RedisConnection connection) throws Exception {
        List<CompletableFuture<?>> withdrawn = new ArrayList<>();
        own.snapshot().forEach((user, sessions) -> {
            for (long session : sessions) {
                withdrawn.add(connection
                        .run(commands -> commands.zrem(RedisKeys.userSessions(user), SessionName.of(gateway, session)))
                        .toCompletableFuture());
            }
        });
        withdrawn.add(connection
                .run(commands -> commands.del(RedisKeys.gatewayUsers(gateway)))
                .toCompletableFuture());
        withdrawn.add(connection
                .run(commands -> commands.zrem(RedisKeys.GATEWAYS, gateway))
                .toCompletableFuture());
        CompletableFuture.allOf(withdrawn.toArray(CompletableFuture[]::new))
                .get(CLOSING.toMillis(), TimeUnit.MILLISECONDS);
    }
}
