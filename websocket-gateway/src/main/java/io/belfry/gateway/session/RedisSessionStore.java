package io.belfry.gateway.session;

import io.belfry.events.NotificationStored.Recipient;
import io.belfry.events.names.RedisKeys;
import io.belfry.gateway.ops.GatewayMetrics;
import io.belfry.gateway.protocol.InboxNumbers;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.resource.ClientResources;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@link SessionStore} in Redis, shared by all gateways. What is open here is kept here too ({@link OwnSessions}): when
 * Redis was away, or took this gateway for gone, all of it is written again.
 *
 * <p>A thread of its own makes the connection, says every 5 s that this gateway lives, and clears away what gateways
 * left that died. Redis counts as away from the first command that fails until the next heartbeat that succeeds, so that
 * no client waits for it twice.
 */
public final class RedisSessionStore implements SessionStore {

    private static final Logger LOG = LoggerFactory.getLogger(RedisSessionStore.class);
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final Duration CLOSING = Duration.ofSeconds(2);

    private final String gateway;
    private final RedisSettings settings;
    private final OwnSessions own = new OwnSessions();
    private final OpenSessionScript openSession = new OpenSessionScript();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread made = new Thread(task, "sessions");
        made.setDaemon(true);
        return made;
    });
    private final RedisLink link;
    private final GatewayRoll roll;
    private final NumbersWriter numbers;
    private volatile boolean available;

    /**
     * Of the last event; null = none yet. Redis keeps numbers for longer than it takes to restore a backup, and who was
     * greeted with those of the history that is gone would load a list for nothing.
     */
    private volatile @Nullable String epoch;

    /** Something may have happened that one side did not hear of: both are told again. */
    private final AtomicBoolean outOfStep = new AtomicBoolean(true);

    /** Once an absence is enough in a log. */
    private final AtomicBoolean absenceTold = new AtomicBoolean();

    /** And once each kind of error, until all went well again; an absence hides none. */
    private final Set<Class<?>> errorsTold = ConcurrentHashMap.newKeySet();

    /** @param gateway this process's name, new at every start */
    public RedisSessionStore(String gateway, RedisSettings settings, GatewayMetrics metrics) {
        this(gateway, settings, metrics, resources -> RedisConnector.of(settings, resources));
    }

    RedisSessionStore(
            String gateway,
            RedisSettings settings,
            GatewayMetrics metrics,
            Function<ClientResources, RedisConnector> connectors) {
        this.gateway = gateway;
        this.settings = settings;
        this.link = new RedisLink(connectors, () -> outOfStep.set(true));
        this.roll = new GatewayRoll(gateway, own);
        this.numbers = new NumbersWriter(settings.isCluster(), metrics, this::present, this::lost);
        metrics.serverUp("redis", () -> available);
    }

    @Override
    public void start(Listener listener) {
        String[] channels = {RedisKeys.SIGN_OUTS, RedisKeys.gatewayControl(gateway)};
        SessionMessages messages = new SessionMessages(listener);
        var unused = thread.scheduleWithFixedDelay(
                () -> tick(channels, messages, listener), 0, TICK.toMillis(), TimeUnit.MILLISECONDS);
        numbers.start();
    }

    private void tick(String[] channels, SessionMessages messages, Listener listener) {
        try {
            RedisClusterAsyncCommands<String, String> redis = link.connect(channels, messages::accept);
            if (outOfStep.get() || roll.isBeatDue()) {
                boolean tellAgain = outOfStep.getAndSet(false);
                roll.beat(redis);
                // From here on what is opened writes itself; what was opened before is written by the roll.
                if (!available) {
                    LOG.info("Redis is there");
                    absenceTold.set(false);
                    available = true;
                }
                roll.update(redis, tellAgain, listener::signedOut);
            }
            errorsTold.clear();
        } catch (Throwable e) {
            // An executor drops a task that throws, without a word, and Redis would never be used again. Errors too are
            // caught, OutOfMemoryError among them: thrown on, it would end in a future that nobody asks; here it is
            // told. Whether a process goes on without memory is one decision for all its threads: in the images
            // -XX:+ExitOnOutOfMemoryError ends it before any of them could catch.
            lost(e);
        }
    }

    @Override
    public CompletionStage<Opening> open(long user, long session, @Nullable Instant issuedAt) {
        RedisClusterAsyncCommands<String, String> redis = present();
        own.add(user, session, () -> tell(r -> r.sadd(RedisKeys.gatewayUsers(gateway), Long.toString(user))));
        if (redis == null) {
            return CompletableFuture.completedFuture(new Opening(Outcome.UNKNOWN, null));
        }
        return openSession
                .run(redis, user, SessionName.of(gateway, session), issuedAt, settings.sessionsPerUser())
                .handle((opened, failure) -> {
                    if (failure != null) {
                        lost(failure);
                        return new Opening(Outcome.UNKNOWN, null);
                    }
                    opened.evicted().forEach(evicted -> supersede(user, evicted));
                    if (opened.signedOut()) {
                        close(user, session);
                        return new Opening(Outcome.SIGNED_OUT, null);
                    }
                    return new Opening(Outcome.OPENED, inEpoch(opened.numbers()));
                });
    }

    private @Nullable InboxNumbers inEpoch(@Nullable InboxNumbers known) {
        return known != null && known.epoch().equals(epoch) ? known : null;
    }

    private void supersede(long user, String evicted) {
        tell(redis -> redis.publish(
                RedisKeys.gatewayControl(SessionName.gateway(evicted)),
                SessionMessages.superseded(user, SessionName.number(evicted))));
    }

    @Override
    public void close(long user, long session) {
        own.remove(user, session, () -> tell(r -> r.srem(RedisKeys.gatewayUsers(gateway), Long.toString(user))));
        tell(redis -> redis.zrem(RedisKeys.userSessions(user), SessionName.of(gateway, session)));
    }

    @Override
    public CompletionStage<Boolean> isSignedOut(long user, @Nullable Instant issuedAt) {
        RedisClusterAsyncCommands<String, String> redis = present();
        if (redis == null) {
            return CompletableFuture.completedFuture(false);
        }
        return redis.get(RedisKeys.signedOut(user)).handle((moment, failure) -> {
            if (failure != null) {
                lost(failure);
                return false;
            }
            return moment != null && (issuedAt == null || issuedAt.toEpochMilli() < Long.parseLong(moment));
        });
    }

    @Override
    public void inboxesChanged(String epoch, List<Recipient> recipients) {
        this.epoch = epoch;
        numbers.add(epoch, recipients);
    }

    /** Null while Redis counts as away. */
    private @Nullable RedisClusterAsyncCommands<String, String> present() {
        return available ? link.commands() : null;
    }

    /** Sends a command whose answer nobody waits for. */
    private void tell(Function<RedisClusterAsyncCommands<String, String>, CompletionStage<?>> command) {
        RedisClusterAsyncCommands<String, String> redis = present();
        if (redis != null) {
            var unused = command.apply(redis).whenComplete((answer, failure) -> {
                if (failure != null) {
                    lost(failure);
                }
            });
        }
    }

    private void lost(Throwable failure) {
        outOfStep.set(true);
        available = false;
        if (failure instanceof Error) {
            if (errorsTold.add(failure.getClass())) {
                LOG.error("an error keeps this gateway from Redis; it tries again", failure);
            }
        } else if (absenceTold.compareAndSet(false, true)) {
            LOG.warn("Redis is away: {}", failure.toString());
        }
    }

    @Override
    public void close() {
        numbers.close();
        thread.shutdownNow();
        RedisClusterAsyncCommands<String, String> redis = link.commands();
        try {
            if (thread.awaitTermination(CLOSING.toMillis(), TimeUnit.MILLISECONDS) && redis != null) {
                withdraw(redis);
            }
        } catch (Exception e) { // The others clear it away in half a minute.
            LOG.warn("this gateway's sessions stay in Redis for a while: {}", e.toString());
        }
        link.close();
    }

    private void withdraw(RedisClusterAsyncCommands<String, String> redis) throws Exception {
        List<CompletableFuture<?>> told = new ArrayList<>();
        own.snapshot().forEach((user, sessions) -> {
            for (long session : sessions) {
                told.add(redis.zrem(RedisKeys.userSessions(user), SessionName.of(gateway, session))
                        .toCompletableFuture());
            }
        });
        told.add(redis.del(RedisKeys.gatewayUsers(gateway)).toCompletableFuture());
        told.add(redis.zrem(RedisKeys.GATEWAYS, gateway).toCompletableFuture());
        CompletableFuture.allOf(told.toArray(CompletableFuture[]::new)).get(CLOSING.toMillis(), TimeUnit.MILLISECONDS);
    }
}
