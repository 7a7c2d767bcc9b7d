package io.belfry.gateway.session;

import io.belfry.events.NotificationStored.Recipient;
import io.belfry.gateway.ops.GatewayMetrics;
import io.belfry.gateway.session.NumbersBacklog.Entry;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the numbers of changed inboxes to Redis, on a thread of its own and a batch at a time, so that it never has more
 * than a batch under way. What it cannot write it drops: they are hints.
 *
 * <p>It lets a moment pass before it begins: by then the frames of a large send are out, many small ones go in one
 * exchange, and of one inbox only the newest numbers.
 */
final class NumbersWriter implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(NumbersWriter.class);
    private static final int BACKLOG = 100_000;
    private static final int BATCH = 1_000;

    /** Far less than it takes somebody to notice that a gateway is gone and to come back. */
    private static final Duration MOMENT = Duration.ofMillis(250);

    /** Users whom one script serves: Redis does nothing else meanwhile. */
    private static final int USERS_A_SCRIPT = 100;

    private final WriteNumbersScript writeNumbers = new WriteNumbersScript();
    private final NumbersBacklog backlog = new NumbersBacklog(BACKLOG);
    private final int usersAScript;
    private final GatewayMetrics metrics;
    private final Supplier<@Nullable RedisClusterAsyncCommands<String, String>> redis;
    private final Consumer<Throwable> lost;
    private final AtomicBoolean refusalTold = new AtomicBoolean();
    private final Thread thread;

    /**
     * @param cluster whether every user's keys are in another slot
     * @param redis null = away
     * @param lost hears that it does not answer
     */
    NumbersWriter(
            boolean cluster,
            GatewayMetrics metrics,
            Supplier<@Nullable RedisClusterAsyncCommands<String, String>> redis,
            Consumer<Throwable> lost) {
        this.usersAScript = cluster ? 1 : USERS_A_SCRIPT;
        this.metrics = metrics;
        this.redis = redis;
        this.lost = lost;
        this.thread = new Thread(this::run, "inbox-numbers");
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Takes a moment; nothing while Redis is away. */
    void add(String epoch, List<Recipient> recipients) {
        metrics.numbersDropped(redis.get() == null ? recipients.size() : backlog.add(epoch, recipients));
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
            LOG.debug("no more numbers are written");
        }
    }

    private void write(List<Entry> entries) throws InterruptedException {
        try {
            RedisClusterAsyncCommands<String, String> present = redis.get();
            if (present == null) {
                metrics.numbersDropped(entries.size() + backlog.clear());
            } else {
                send(present, NewestNumbers.of(entries)).join();
                metrics.numbersWritten(entries.size());
            }
        } catch (Throwable e) { // as everywhere on a thread of one's own: told, and on with the next
            metrics.numbersDropped(entries.size());
            Throwable cause = e instanceof CompletionException && e.getCause() != null ? e.getCause() : e;
            if (!(cause instanceof RedisCommandExecutionException)) {
                lost.accept(cause);
            } else if (refusalTold.compareAndSet(false, true)) {
                LOG.warn("Redis refuses the numbers of inboxes: {}", cause.toString());
            }
        }
    }

    /** All at once, then waits: each has its own time limit. */
    private CompletableFuture<Void> send(
            RedisClusterAsyncCommands<String, String> present, Map<String, List<Recipient>> newest) {
        List<CompletableFuture<?>> underWay = new ArrayList<>();
        newest.forEach((epoch, recipients) -> {
            for (int from = 0; from < recipients.size(); from += usersAScript) {
                List<Recipient> some = recipients.subList(from, Math.min(recipients.size(), from + usersAScript));
                underWay.add(writeNumbers.run(present, epoch, some).toCompletableFuture());
            }
        });
        return CompletableFuture.allOf(underWay.toArray(CompletableFuture[]::new));
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
