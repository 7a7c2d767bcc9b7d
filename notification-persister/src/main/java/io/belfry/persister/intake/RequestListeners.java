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
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Makes the listeners of {@code notifications.requested}, one for each thread. Safe for use by many threads. */
public final class RequestListeners {

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
            PersisterMetrics metrics) {
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
    }

    /**
     * @param outbox this listener's own
     * @param stopping ends a slice early
     */
    public TopicListener create(Outbox outbox, BooleanSupplier stopping) {
        HeldRecords held = new HeldRecords();
        RequestWorker worker = new RequestWorker(
                decoder,
                new Delivery(inboxes, entries, announcer, outbox, metrics),
                new SetAside(deadLetters, restRequests, outbox),
                held,
                directory,
                served,
                patience);
        return new RequestListener(worker, held, outbox, stopping);
    }
}
