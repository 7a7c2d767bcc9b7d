package io.belfry.gateway.connection;

import io.belfry.gateway.protocol.CloseCode;
import io.belfry.gateway.protocol.ServerFrame.Reconnect;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the connections of one shard away without a stampede: the n-th is asked to leave at n/N of the window, and what
 * has not left is closed 1012 a little later at the same even pace. Runs on the shard's loop.
 */
final class Farewell {

    private static final Logger LOG = LoggerFactory.getLogger(Farewell.class);

    private static final Duration STEP = Duration.ofMillis(100);

    /** From the moment a client was asked to leave until it is closed: time for a new socket's {@code welcome}. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    /** Closing takes longer than the window, so that no second sees more than a tenth of the sockets go. */
    private static final double CLOSING_STRETCH = 1.2;

    private final List<Connection> leaving;
    private final long windowNanos;
    private final long graceNanos;
    private final long begun = System.nanoTime();
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private int closed;
    private @Nullable ScheduledFuture<?> steps;

    private Farewell(List<Connection> leaving, Duration window) {
        this.leaving = leaving;
        this.windowNanos = window.toNanos();
        this.graceNanos = window.isZero() ? 0 : GRACE.toNanos();
    }

    static CompletableFuture<Void> begin(ConnectionShard shard, Duration window) {
        List<Connection> leaving = shard.all();
        Collections.shuffle(leaving);
        Farewell farewell = new Farewell(leaving, window);
        farewell.ask();
        farewell.steps =
                shard.loop().scheduleAtFixedRate(() -> farewell.step(shard), 0, STEP.toNanos(), TimeUnit.NANOSECONDS);
        return farewell.done;
    }

    private void ask() {
        for (int i = 0; i < leaving.size(); i++) {
            long afterMs = TimeUnit.NANOSECONDS.toMillis((long) (windowNanos * ((double) i / leaving.size())));
            attempt(leaving.get(i), outlet -> outlet.send(new Reconnect(afterMs)));
        }
    }

    /** One that fails must not keep the others: an event loop drops, without a word, a task that throws. */
    private static void attempt(Connection connection, Consumer<Outlet> action) {
        try {
            action.accept(connection.outlet());
        } catch (Throwable e) {
            LOG.error("a socket could not be sent away", e);
        }
    }

    private void step(ConnectionShard shard) {
        long elapsed = System.nanoTime() - begun - graceNanos;
        double share = windowNanos == 0 ? 1 : elapsed / (windowNanos * CLOSING_STRETCH);
        int due = (int) Math.max(0, Math.min(leaving.size(), Math.ceil(share * leaving.size())));
        while (closed < due) {
            attempt(leaving.get(closed++), outlet -> outlet.close(CloseCode.SERVICE_RESTART));
        }
        if (closed == leaving.size() || shard.size() == 0) {
            if (steps != null) {
                steps.cancel(false);
            }
            done.complete(null);
        }
    }
}
