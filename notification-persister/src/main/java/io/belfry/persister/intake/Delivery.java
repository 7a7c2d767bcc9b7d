package io.belfry.persister.intake;

import io.belfry.events.EventId;
import io.belfry.events.NotificationStored.Recipient;
import io.belfry.persister.announce.Announcer;
import io.belfry.persister.fanout.FanoutRequest;
import io.belfry.persister.fanout.InboxWriter;
import io.belfry.persister.fanout.Outcome;
import io.belfry.persister.fanout.StoredEntries;
import io.belfry.persister.kafka.Outbox;
import io.belfry.persister.metrics.PersisterMetrics;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Takes requests into the inboxes and to the gateways: commit, then announce everything they have in the inboxes, new
 * or old. The first recipients of a large request hear of it while the next ones are stored. Not safe for use by more
 * than one thread.
 */
final class Delivery {

    /** How a delivery ended. */
    enum Result {
        COMPLETE,
        /** Time is up before everybody has it; the next attempt goes on. */
        UNFINISHED,
        UNKNOWN_COURSE
    }

    private static final int PAGE = 5_000;

    private final InboxWriter inboxes;
    private final StoredEntries entries;
    private final Announcer announcer;
    private final Outbox outbox;
    private final PersisterMetrics metrics;
    private final Runnable committed;
    private final AnnouncedSoFar announcedSoFar = new AnnouncedSoFar();

    /** @param committed run between a commit and its announcement */
    Delivery(
            InboxWriter inboxes,
            StoredEntries entries,
            Announcer announcer,
            Outbox outbox,
            PersisterMetrics metrics,
            Runnable committed) {
        this.inboxes = inboxes;
        this.entries = entries;
        this.announcer = announcer;
        this.outbox = outbox;
        this.metrics = metrics;
        this.committed = committed;
    }

    /**
     * Complete means stored and sent to Kafka; whoever calls awaits the outbox.
     *
     * @param requests as {@link InboxWriter#write} takes them
     * @param enough asked between transactions
     */
    Result run(List<FanoutRequest> requests, BooleanSupplier enough) {
        if (requests.size() == 1) {
            return runOne(requests.get(0), enough);
        }
        List<Outcome> outcomes = write(requests);
        outbox.awaitAll();
        for (Outcome outcome : outcomes) {
            announce((Outcome.Stored) outcome, 0);
        }
        return Result.COMPLETE;
    }

    private Result runOne(FanoutRequest request, BooleanSupplier enough) {
        EventId id = request.eventId();
        long announced = announcedSoFar.upTo(id);
        while (true) {
            Outcome outcome = write(List.of(request)).get(0);
            if (!(outcome instanceof Outcome.Stored stored)) {
                return Result.UNKNOWN_COURSE;
            }
            // The chunk before this one was on its way while this one was stored.
            outbox.awaitAll();
            announce(stored, announced);
            announced = Math.max(announced, stored.fannedTo());
            if (stored.complete()) {
                announcedSoFar.forget(id);
                return Result.COMPLETE;
            }
            if (enough.getAsBoolean()) {
                outbox.awaitAll();
                announcedSoFar.remember(id, announced);
                return Result.UNFINISHED;
            }
        }
    }

    private List<Outcome> write(List<FanoutRequest> requests) {
        List<Outcome> outcomes = inboxes.write(requests);
        committed.run();
        return outcomes;
    }

    private void announce(Outcome.Stored stored, long announced) {
        long from = announced;
        while (from < stored.before()) {
            List<Recipient> page = entries.page(stored.content().id(), from, stored.before(), PAGE);
            send(stored, page);
            if (page.size() < PAGE) {
                break;
            }
            outbox.awaitAll();
            from = page.get(page.size() - 1).user();
        }
        send(stored, stored.added());
        count(stored);
    }

    private void send(Outcome.Stored stored, List<Recipient> recipients) {
        announcer.stored(
                outbox,
                stored.content(),
                stored.epoch(),
                recipients,
                stored.request().time(),
                stored.request().event().traceparent());
    }

    private void count(Outcome.Stored stored) {
        metrics.recipients(stored.added().size());
        if (stored.origin() == Outcome.Origin.CONFLICT) {
            metrics.conflict();
        }
        if (!stored.complete()) {
            return;
        }
        if (stored.origin() == Outcome.Origin.NEW || !stored.added().isEmpty()) {
            metrics.stored(stored.request().time());
        } else {
            metrics.duplicate();
        }
    }
}
