package io.belfry.gateway.hints;

import io.belfry.events.NotificationStored.Recipient;
import io.belfry.events.names.RedisKeys;
import io.belfry.gateway.hints.HintBacklog.Entry;
import io.belfry.gateway.ops.GatewayMetrics;
import io.belfry.gateway.presence.GatewayRedis;
import io.belfry.runtime.redis.LuaScript;
import io.belfry.runtime.redis.RedisConnection;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.ScriptOutputType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes hints of changed inboxes to Redis, on a thread of its own and a batch at a time, so that it never has more than a
 * batch under way. What it cannot write it drops.
 *
 * <p>It lets a moment pass before it begins: by then the frames of a large send are out, many small ones go in one
 * exchange, and of one inbox only the newest.
 */
final class HintWriter implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HintWriter.class);
    private static final int BACKLOG = 100_000;
    private static final int BATCH = 1_000;

    /** Far less than it takes a client to notice that a gateway is gone and to come back. */
    private static final Duration MOMENT = Duration.ofMillis(250);

    /** Users whom one script serves: Redis does nothing else meanwhile. */
    private static final int USERS_A_SCRIPT = 100;

    private final LuaScript writeHints = new LuaScript(HintWriter.class, "write_hints.lua");
    private final HintBacklog backlog = new HintBacklog(BACKLOG);
    private final int usersAScript;
    private final GatewayMetrics metrics;
    private final GatewayRedis redis;
    private final AtomicBoolean refusalLogged = new AtomicBoolean();
    private final Thread thread;

    HintWriter(GatewayRedis redis, GatewayMetrics metrics) {
        this.usersAScript = redis.isCluster() ? 1 : USERS_A_SCRIPT;
        this.metrics = metrics;
        this.redis = redis;
        this.thread = new Thread(this::run, "hints");
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Takes a moment; nothing while Redis is away. */
    void add(String epoch, List<Recipient> recipients) {
        metrics.hintsDropped(redis.present() == null ? recipients.size() : backlog.add(epoch, recipients));
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                backlog.await();
                Thread.sleep(MOMENT.toMillis());
                for (List<Entry> some = backlog.take(BATCH); !some.isEmpty(); some = backlog.take(BATCH)) {
                    write(some);
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("no more hints are written");
        }
    }

    private void write(List<Entry> entries) throws InterruptedException {
        try {
            RedisConnection present = redis.present();
            if (present == null) {
                metrics.hintsDropped(entries.size() + backlog.clear());
            } else {
                send(present, NewestHints.of(entries)).join();
                metrics.hintsWritten(entries.size());
            }
        } catch (Throwable e) { // as everywhere on a thread of one's own: told, and on with the next
            metrics.hintsDropped(entries.size());
            Throwable cause = e instanceof CompletionException && e.getCause() != null ? e.getCause() : e;
            if (!(cause instanceof RedisCommandExecutionException)) {
                redis.failed(cause);
            } else if (refusalLogged.compareAndSet(false, true)) {
                LOG.warn("Redis refuses hints: {}", cause.toString());
            }
        }
    }

    /** All at once, then waits: each has its own time limit. */
    private CompletableFuture<Void> send(RedisConnection present, Map<String, List<Recipient>> newest) {
        List<CompletableFuture<?>> underWay = new ArrayList<>();
        newest.forEach((epoch, recipients) -> {
            for (int from = 0; from < recipients.size(); from += usersAScript) {
                List<Recipient> some = recipients.subList(from, Math.min(recipients.size(), from + usersAScript));
                underWay.add(write(present, epoch, some).toCompletableFuture());
            }
        });
        return CompletableFuture.allOf(underWay.toArray(CompletableFuture[]::new));
    }

    /** @param recipients in a cluster one only: the keys of two users are in different slots */
    private CompletionStage<?> write(RedisConnection present, String epoch, List<Recipient> recipients) {
        String[] keys = new String[recipients.size()];
        String[] arguments = new String[2 + 2 * keys.length];
        arguments[0] = Long.toString(RedisKeys.HINT_LIVES_MILLIS);
        arguments[1] = epoch;
        for (int i = 0; i < keys.length; i++) {
            Recipient recipient = recipients.get(i);
            keys[i] = RedisKeys.inboxHint(recipient.user());
            arguments[2 * i + 2] = Long.toString(recipient.seq());
            arguments[2 * i + 3] = Long.toString(recipient.unread());
        }
        return writeHints.run(present, ScriptOutputType.STATUS, keys, arguments);
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
