package io.belfry.api.sessions;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection that is attempted every second, on a thread of its own, until there is one. It is not attempted after that:
 * Lettuce's connections mend themselves. Safe for use by many threads.
 */
final class FirstConnection<C> implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FirstConnection.class);
    private static final Duration BETWEEN_ATTEMPTS = Duration.ofSeconds(1);

    private final Supplier<? extends CompletionStage<? extends C>> connect;
    private final ScheduledExecutorService attempts = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "redis-connect");
        thread.setDaemon(true);
        return thread;
    });

    /** Each kind is told once, not every second. On the thread of the attempts only. */
    private final Set<Class<?>> errorsTold = new HashSet<>();

    private volatile @Nullable C connection;

    /** Begins to attempt. */
    FirstConnection(Supplier<? extends CompletionStage<? extends C>> connect) {
        this.connect = connect;
        attemptAfter(Duration.ZERO);
    }

    /** Null until there is one. */
    @Nullable
    C get() {
        return connection;
    }

    private void attemptAfter(Duration pause) {
        var unused = attempts.schedule(this::attempt, pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void attempt() {
        try {
            connection = connect.get().toCompletableFuture().get();
            LOG.info("connected to Redis");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Throwable e) {
            // Errors too: thrown on, one would end in a future that nobody asks, and be the last attempt. Whether a
            // process goes on without memory is said for all its threads by -XX:+ExitOnOutOfMemoryError.
            attemptAfter(BETWEEN_ATTEMPTS);
            tell(e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e);
        }
    }

    private void tell(Throwable failure) {
        if (!(failure instanceof Error)) {
            LOG.debug("no connection to Redis", failure);
        } else if (errorsTold.add(failure.getClass())) {
            LOG.error("an error keeps this node from Redis; it tries again", failure);
        }
    }

    @Override
    public void close() {
        attempts.shutdownNow();
    }
}
