package io.belfry.gateway.hints;

import io.belfry.events.NotificationStored.Recipient;
import io.belfry.events.names.RedisKeys;
import io.belfry.gateway.hints.HintBacklog.Entry;
import io.belfry.gateway.ops.GatewayMetrics;
import io.belfry.gateway.presence.GatewayRedis;
import io.belfry.gateway.protocol.ServerFrame.InboxHint;
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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What {@code welcome} says of an inbox: {@code seq}, {@code unread}, {@code epoch} of its last change that any gateway
 * heard of, kept in Redis for a quarter of an hour. Maybe lower than the truth. Safe for use by many threads; nothing here
 * blocks or fails.
 *
 * <p>They are written on a thread of their own and a batch at a time, so that never more than a batch is under way; what
 * cannot be written is dropped. A moment passes before it begins: by then the frames of a large send are out, many small
 * ones go in one exchange, and of one inbox only the newest.
 */
public final class InboxHints implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(InboxHints.class);
    private static final int BACKLOG = 100_000;
    private static final int BATCH = 1_000;

    /** Far less than it takes a client to notice that a gateway is gone and to come back. */
    private static final Duration MOMENT = Duration.ofMillis(250);

    /** Users whom one script serves: Redis does nothing else meanwhile. */
    private static final int USERS_A_SCRIPT = 100;

    private final LuaScript writeHints = new LuaScript(InboxHints.class, "write_hints.lua");
    private final HintBacklog backlog = new HintBacklog(BACKLOG);
    private final int usersAScript;
    private final GatewayMetrics metrics;
    private final GatewayRedis redis;
    private final AtomicBoolean refusalLogged = new AtomicBoolean();
    private final Thread thread;

    /**
     * Of the last event; null = none yet. Redis keeps hints for longer than it takes to restore a backup, and a client that
     * was greeted with one of the history that is gone would load a list for nothing.
     */
    private volatile @Nullable String epoch;

    public InboxHints(GatewayRedis redis, GatewayMetrics metrics) {
        this.usersAScript = redis.isCluster() ? 1 : USERS_A_SCRIPT;
        this.metrics = metrics;
        this.redis = redis;
        this.thread = new Thread(this::run, "hints");
        thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    /**
     * These inboxes have changed, and from now on hints are of this epoch. A {@code seq} that is lower than what is known in
     * its epoch changes nothing. Nothing is written while Redis is away.
     *
     * @param recipients is kept, and must not change
     */
    public void changed(String changedIn, List<Recipient> recipients) {
        epoch = changedIn;
        metrics.hintsDropped(redis.present() == null ? recipients.size() : backlog.add(changedIn, recipients));
    }

    /**
     * @param text as it stands in Redis, {@code <epoch>:<seq>:<unread>}; empty = nothing stands there
     * @return null for what cannot be read, or is of another epoch than the last event
     */
    public @Nullable InboxHint read(String text) {
        int last = text.lastIndexOf(':');
        int middle = text.lastIndexOf(':', last - 1);
        if (middle <= 0 || !text.substring(0, middle).equals(epoch)) {
            return null;
        }
        try {
            return new InboxHint(
                    Long.parseLong(text.substring(middle + 1, last)),
                    Long.parseLong(text.substring(last + 1)),
                    text.substring(0, middle));
        } catch (NumberFormatException e) {
            return null;
        }
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
                send(present, HintBacklog.newest(entries)).join();
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
