package io.belfry.persister.fanout;

import io.belfry.events.EventId;
import io.belfry.events.LinkHosts;
import io.belfry.events.NotificationRequested;
import io.belfry.events.NotificationStored.Recipient;
import io.belfry.events.wire.Event;
import io.belfry.events.wire.EventCodec;
import io.belfry.events.wire.EventType;
import io.belfry.events.wire.PoisonCode;
import io.belfry.events.wire.PoisonException;
import io.belfry.json.InvalidFieldsException;
import io.belfry.persister.announce.Announcements;
import io.belfry.persister.metrics.PersisterMetrics;
import io.belfry.persister.pipeline.Handler;
import io.belfry.persister.pipeline.Slice;
import io.belfry.runtime.tracing.Step;
import io.belfry.runtime.tracing.Tracing;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Takes requests into the inboxes and to the gateways: commit, then announce everything that they have in the inboxes,
 * new or old. The first recipients of a large request hear of it while the next ones are stored. Not safe for use by
 * more than one thread.
 */
public final class RequestHandler implements Handler<FanoutRequest> {

    /** Bytes of records that are sent to the database at once. */
    private static final int MAX_BYTES = 4 * 1024 * 1024;

    private static final int PAGE = 5_000;

    /** Whether the directory is as the platform has said by now. Safe for use by many threads. */
    public interface Directory {

        /** As if it always were. */
        Directory CAUGHT_UP = new Directory() {
            @Override
            public BooleanSupplier look() {
                return () -> true;
            }

            @Override
            public boolean awaitCaughtUp() {
                return true;
            }
        };

        /**
         * Begins to find out.
         *
         * @return waits a moment for the answer; false also if none comes
         */
        BooleanSupplier look();

        /** Waits, at most about a second, until it is. */
        boolean awaitCaughtUp();
    }

    private final EventCodec codec;
    private final LinkHosts linkHosts;
    private final FanoutWriter writer;
    private final Inboxes inboxes;
    private final RestRequests restRequests;
    private final Announcements announcements;
    private final Directory directory;
    private final PersisterMetrics metrics;
    private final Tracing tracing;
    private final AnnouncedSoFar announcedSoFar;

    /** The slice that the directory was up to date in; one look a slice is enough. */
    private @Nullable Slice caughtUpIn;

    /**
     * @param announcements this thread's own
     * @param announcedSoFar of all threads, since partitions move between them
     */
    public RequestHandler(
            EventCodec codec,
            LinkHosts linkHosts,
            TransactionOperations transactions,
            JdbcClient jdbc,
            Announcements announcements,
            AnnouncedSoFar announcedSoFar,
            Directory directory,
            PersisterMetrics metrics,
            Tracing tracing) {
        this.codec = codec;
        this.linkHosts = linkHosts;
        this.writer = new FanoutWriter(transactions, jdbc);
        this.inboxes = new Inboxes(jdbc);
        this.restRequests = new RestRequests(jdbc);
        this.announcements = announcements;
        this.announcedSoFar = announcedSoFar;
        this.directory = directory;
        this.metrics = metrics;
        this.tracing = tracing;
    }

    @Override
    public FanoutRequest decode(ConsumerRecord<byte[], byte[]> record) {
        Event<NotificationRequested> event = codec.decode(record, EventType.NOTIFICATION_REQUESTED);
        try {
            linkHosts.check(event.data().data());
        } catch (InvalidFieldsException e) {
            throw new PoisonException(PoisonCode.INVALID_FIELD, String.valueOf(e.getMessage()));
        }
        return FanoutRequest.of(event);
    }

    /**
     * As many small requests as fit a transaction, or a single one to a course or to many. An event that comes twice is
     * met the second time in a transaction of its own, as any event that came before.
     */
    @Override
    public int together(List<Decoded<FanoutRequest>> requests) {
        Set<EventId> names = new HashSet<>();
        int recipients = 0;
        long bytes = 0;
        int count = 0;
        for (Decoded<FanoutRequest> next : requests) {
            FanoutRequest request = next.value();
            bytes += next.record().serializedValueSize();
            boolean fits = request.fitsBeside(recipients) && names.add(request.eventId()) && bytes <= MAX_BYTES;
            if (!fits) {
                break;
            }
            recipients += request.users().size();
            count++;
        }
        return Math.max(count, 1);
    }

    @Override
    public Progress store(List<Decoded<FanoutRequest>> requests, Slice slice) {
        if (requests.size() == 1) {
            return storeOne(requests.get(0).value(), slice, begin(requests.get(0)));
        }
        List<Step> steps = requests.stream().map(this::begin).toList();
        List<Stored> stored = writer.write(requests.stream().map(Decoded::value).toList(), slice.isHurried());
        announcements.awaitAcknowledged(); // those before; these are announced while the next are stored
        for (int i = 0; i < stored.size(); i++) {
            announce(stored.get(i), 0, steps.get(i));
            steps.get(i).end();
        }
        return Progress.DONE;
    }

    /** Ended when it is stored and announced; an attempt that fails is made again. */
    private Step begin(Decoded<FanoutRequest> request) {
        return tracing.process(request.record().topic(), request.value().event().traceparent());
    }

    /** The next chunk of it. */
    private Progress storeOne(FanoutRequest request, Slice slice, Step step) {
        EventId id = request.eventId();
        long announced = announcedSoFar.upTo(id);
        boolean unsure = announced == 0 && request.course() != null && !slice.equals(caughtUpIn);
        Stored stored = unsure ? writeUnsure(request, slice) : write(request, slice);
        if (stored == null) {
            return Progress.WAITS;
        }
        announcements.awaitAcknowledged(); // what was before this chunk
        announce(stored, announced, step);
        step.end();
        if (stored.complete()) {
            announcedSoFar.forget(id);
            return Progress.DONE;
        }
        announcements.awaitAcknowledged();
        announcedSoFar.remember(id, stored.fannedTo());
        return Progress.BEGUN;
    }

    private Stored write(FanoutRequest request, Slice slice) {
        return writer.write(List.of(request), slice.isHurried()).get(0);
    }

    /**
     * Most often the directory is up to date. So it is written while the broker is asked, and taken back if it is not.
     *
     * @return null if it still is not; nothing is written
     */
    private @Nullable Stored writeUnsure(FanoutRequest request, Slice slice) {
        Optional<Stored> stored = writeIf(directory.look(), request, slice);
        if (stored.isEmpty() && !directory.awaitCaughtUp()) {
            return null;
        }
        caughtUpIn = slice;
        return stored.orElseGet(() -> write(request, slice));
    }

    private Optional<Stored> writeIf(BooleanSupplier caughtUp, FanoutRequest request, Slice slice) {
        try {
            return writer.writeIf(List.of(request), slice.isHurried(), caughtUp).map(stored -> stored.get(0));
        } catch (PoisonException e) { // a course that is not in the directory, or not yet
            if (caughtUp.getAsBoolean()) {
                throw e;
            }
            return Optional.empty();
        }
    }

    /** @param announced users up to this one have heard of it already */
    private void announce(Stored stored, long announced, Step storing) {
        long from = announced;
        while (from < stored.before()) {
            List<Recipient> page = inboxes.page(stored.row().content().id(), from, stored.before(), PAGE);
            announce(stored, page, storing);
            if (page.size() < PAGE) {
                break;
            }
            announcements.awaitAcknowledged();
            from = page.get(page.size() - 1).user();
        }
        announce(stored, stored.added(), storing);
        count(stored);
    }

    private void announce(Stored stored, List<Recipient> recipients, Step storing) {
        Event<NotificationRequested> event = stored.request().event();
        announcements.stored(stored.row().content(), stored.row().epoch(), recipients, event.time(), storing);
    }

    private void count(Stored stored) {
        metrics.recipients(stored.added().size());
        if (stored.origin() == Stored.Origin.CONFLICT) {
            metrics.conflict();
        }
        if (!stored.complete()) {
            return;
        }
        if (stored.origin() == Stored.Origin.NEW || !stored.added().isEmpty()) {
            metrics.stored(stored.request().event().time());
        } else {
            metrics.duplicate();
        }
    }

    /** Its sender is told, if it came by REST. */
    @Override
    public void rejected(Poison poison) {
        // Read from the headers alone: the rest of it may be what can not be read.
        Headers headers = poison.record().headers();
        tracing.process(poison.record().topic(), text(headers, "traceparent"))
                .fail(poison.code().wireName());
        String id = text(headers, "ce_id");
        if (id != null && EventId.OF_API.equals(text(headers, "ce_source"))) {
            restRequests.rejected(id, poison.code(), poison.detail());
        }
    }

    private static @Nullable String text(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }
}
