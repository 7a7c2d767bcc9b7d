package io.belfry.persister.intake;

import io.belfry.events.EventCodec;
import io.belfry.events.LinkHosts;
import io.belfry.persister.announce.Announcer;
import io.belfry.persister.deadletter.DeadLetters;
import io.belfry.persister.directory.DirectoryGate;
import io.belfry.persister.failure.Patience;
import io.belfry.persister.failure.Served;
import io.belfry.persister.fanout.InboxWriter;
import io.belfry.persister.fanout.RestRequests;
import io.belfry.persister.fanout.StoredEntries;
import io.belfry.persister.kafka.Outbox;
import io.belfry.persister.kafka.TopicListener;
import io.belfry.persister.metrics.PersisterMetrics;
import io.belfry.runtime.settings.Failpoints;
import io.belfry.runtime.settings.Failpoints.Point;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Makes the listeners of {@code notifications.requested}, one for each thread. Safe for use by many threads. */
public final class RequestListeners {

    /** The exit code of a JVM that a failpoint has halted: as if by kill -9. */
    private static final int HALTED = 137;

    private final RequestDecoder decoder;
    private final InboxWriter inboxes;
    private final StoredEntries entries;
    private final RestRequests restRequests;
    private final Announcer announcer;
    private final DeadLetters deadLetters;
    private final DirectoryGate directory;
    private final Served served;
    private final Supplier<Patience> patience;
    private final PersisterMetrics metrics;
    private final Failpoints failpoints;

    /** @param patience begins with the first failure of a record */
    public RequestListeners(
            EventCodec codec,
            LinkHosts linkHosts,
            InboxWriter inboxes,
            StoredEntries entries,
            RestRequests restRequests,
            Announcer announcer,
            DeadLetters deadLetters,
            DirectoryGate directory,
            Served served,
            Supplier<Patience> patience,
            PersisterMetrics metrics,
            Failpoints failpoints) {
        this.decoder = new RequestDecoder(codec, linkHosts);
        this.inboxes = inboxes;
        this.entries = entries;
        this.restRequests = restRequests;
        this.announcer = announcer;
        this.deadLetters = deadLetters;
        this.directory = directory;
        this.served = served;
        this.patience = patience;
        this.metrics = metrics;
        this.failpoints = failpoints;
    }

    /**
     * @param outbox this listener's own
     * @param stopping ends a slice early
     */
    public TopicListener create(Outbox outbox, BooleanSupplier stopping) {
        HeldRecords held = new HeldRecords();
        deadLetters.watch(held::letters);
        RequestWorker worker = new RequestWorker(
                decoder,
                new Delivery(inboxes, entries, announcer, outbox, metrics, committed()),
                new SetAside(deadLetters, restRequests, outbox, patience),
                held,
                directory,
                served,
                patience);
        TopicListener listener = new RequestListener(worker, held, outbox, stopping);
        return failpoints.isSet(Point.LISTENER_ERROR)
                ? new DyingListener(listener, failpoints.at(Point.LISTENER_ERROR))
                : listener;
    }

    private Runnable committed() {
        if (!failpoints.isSet(Point.HALT_AFTER_COMMIT)) {
            return () -> {};
        }
        BooleanSupplier halts = failpoints.at(Point.HALT_AFTER_COMMIT);
        return () -> {
            if (halts.getAsBoolean()) {
                Runtime.getRuntime().halt(HALTED);
            }
        };
    }
}
