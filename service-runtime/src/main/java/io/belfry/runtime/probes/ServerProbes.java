package io.belfry.runtime.probes;

import io.belfry.runtime.periodic.PeriodicTasks;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks each server every 2 s, each on a thread of its own, and keeps {@code belfry_server_up}. Safe for many threads. */
public final class ServerProbes implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ServerProbes.class);

    /** With the few seconds that a question may take, a fault shows well within 10 s. */
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final PeriodicTasks tasks;

    /** Begins to ask. */
    public ServerProbes(List<ServerProbe> probes, MeterRegistry metrics) {
        tasks = new PeriodicTasks("server-probe", probes.size());
        for (ServerProbe probe : probes) {
            Server server = new Server(probe);
            gauge(metrics, probe.server(), () -> server.up);
            tasks.every(PAUSE, server::ask);
        }
    }

    /** The same figure in every service, also where it comes from another source than a probe. */
    public static void gauge(MeterRegistry metrics, String server, BooleanSupplier up) {
        Gauge.builder("belfry.server.up", up, asked -> asked.getAsBoolean() ? 1 : 0)
                .description("1 while the last exchange with the server went well, 0 while it does not")
                .tag("server", server)
                .strongReference(true)
                .register(metrics);
    }

    @Override
    public void close() {
        tasks.close();
    }

    /** One server as its last answer, or its silence, lets it appear. */
    private static final class Server {

        private final ServerProbe probe;
        private volatile boolean up;
        private boolean silenceLogged;

        Server(ServerProbe probe) {
            this.probe = probe;
        }

        /** What TLS objects to, say, stands at the end of the chain. */
        private static String cause(Throwable failure) {
            Throwable last = failure;
            while (last.getCause() != null) {
                last = last.getCause();
            }
            return String.valueOf(last.getMessage());
        }

        /** On one thread at a time. */
        void ask() {
            try {
                probe.ask();
                if (!up) {
                    LOG.info("{} answers", probe.server());
                }
                up = true;
                silenceLogged = false;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // the process is closed
            } catch (Throwable e) { // an error too means that the server is not known to be up
                up = false;
                if (!silenceLogged) {
                    LOG.warn("{} does not answer: {}; {}", probe.server(), e.toString(), cause(e));
                }
                silenceLogged = true;
            }
        }
    }
}
