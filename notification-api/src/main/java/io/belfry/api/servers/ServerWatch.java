package io.belfry.api.servers;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks each server every 2 s, one that is silent in nobody's way, and shows what came of it. */
final class ServerWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ServerWatch.class);

    private static final Duration BETWEEN = Duration.ofSeconds(2);

    private final ScheduledExecutorService threads;

    /** Begins to ask. */
    ServerWatch(List<ServerProbe> probes, MeterRegistry metrics) {
        threads = Executors.newScheduledThreadPool(probes.size(), task -> {
            Thread thread = new Thread(task, "server-watch");
            thread.setDaemon(true);
            return thread;
        });
        for (ServerProbe probe : probes) {
            Watched server = new Watched(probe);
            Gauge.builder("belfry.server.up", server, watched -> watched.up ? 1 : 0)
                    .tag("server", probe.server())
                    .description("1 while the last exchange with the server went well, 0 while it does not")
                    .strongReference(true)
                    .register(metrics);
            var unused = threads.scheduleWithFixedDelay(server::look, 0, BETWEEN.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    /** One server, as its last answer, or its silence, lets it appear. */
    private static final class Watched {

        private final ServerProbe probe;
        private volatile boolean up;

        /** Each change is told once. */
        private boolean silenceTold;

        Watched(ServerProbe probe) {
            this.probe = probe;
        }

        /** By one thread at a time. */
        void look() {
            try {
                probe.ask();
                if (!up) {
                    LOG.info("{} answers", probe.server());
                }
                up = true;
                silenceTold = false;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // the node is closed
            } catch (Throwable e) {
                // Errors too: thrown on, one would end in a future that nobody asks, and be the last look.
                up = false;
                if (!silenceTold) {
                    LOG.warn("{} does not answer: {}", probe.server(), e.toString());
                }
                silenceTold = true;
            }
        }
    }
}
