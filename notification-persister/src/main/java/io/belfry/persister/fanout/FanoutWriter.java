package io.belfry.persister.fanout;

import io.belfry.events.EventId;
import io.belfry.events.wire.PoisonCode;
import io.belfry.events.wire.PoisonException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Writes requests into inboxes, one transaction a call, a fixed number of statements however many the recipients. It
 * locks notifications, then inboxes, each in one ascending order, so any number of writers, single changes and
 * redeliveries may run side by side: an event enters an inbox once and every change gets the next number.
 *
 * <p>Safe for use by many threads.
 */
final class FanoutWriter {

    /** Most recipients of one transaction. */
    static final int CHUNK = 1_000;

    private final TransactionOperations transactions;
    private final JdbcClient jdbc;
    private final NotificationRows notifications;
    private final Inboxes inboxes;

    FanoutWriter(TransactionOperations transactions, JdbcClient jdbc) {
        this.transactions = transactions;
        this.jdbc = jdbc;
        this.notifications = new NotificationRows(jdbc);
        this.inboxes = new Inboxes(jdbc);
    }

    /**
     * Gives these requests to their next recipients. Requests that together fit a transaction are complete afterwards;
     * a single larger one gains {@value #CHUNK} recipients a call.
     *
     * @param requests with distinct event ids: any one, or several that {@link FanoutRequest#fitsBeside fit together};
     *     a user in several of them gets numbers in their order
     * @param hurried waits a moment only for a row that another session has locked
     * @return what became of each, in the same order
     * @throws PoisonException if a course is not in the directory; nothing is written
     */
    List<Stored> write(List<FanoutRequest> requests, boolean hurried) {
        return writeIf(requests, hurried, () -> true).orElseThrow();
    }

    /**
     * As {@link #write}, if a condition holds, which is asked last: what it takes time for goes on meanwhile.
     *
     * @return nothing if it does not hold; nothing is written then
     */
    Optional<List<Stored>> writeIf(List<FanoutRequest> requests, boolean hurried, BooleanSupplier condition) {
        return Objects.requireNonNull(transactions.execute(status -> {
            if (hurried) {
                jdbc.sql("SET LOCAL lock_timeout = '100ms'").update();
            }
            List<Stored> stored = writeInTransaction(requests);
            if (condition.getAsBoolean()) {
                return Optional.of(stored);
            }
            status.setRollbackOnly();
            return Optional.empty();
        }));
    }

    private List<Stored> writeInTransaction(List<FanoutRequest> requests) {
        List<NotificationRow> rows = claim(requests);
        LockedInboxes locked = lock(requests, rows);
        List<Stored> stored = new ArrayList<>(requests.size());
        for (int i = 0; i < rows.size(); i++) {
            FanoutRequest request = requests.get(i);
            NotificationRow row = rows.get(i);
            List<Long> missing = request.course() == null ? named(request, row) : locked.users();
            stored.add(new Stored(request, row, locked.add(row, firstOf(missing)), missing.size() <= CHUNK));
        }
        Updates updates = new Updates();
        locked.write(updates);
        NotificationRows.advance(stored.stream().filter(Stored::movesRow).toList(), updates);
        RestRequests.stored(stored.stream().filter(Stored::isWhole).toList(), updates);
        updates.send(jdbc);
        return stored;
    }

    private List<NotificationRow> claim(List<FanoutRequest> requests) {
        Map<EventId, NotificationRow> claimed = notifications.claim(requests);
        List<NotificationRow> rows = new ArrayList<>(requests.size());
        for (FanoutRequest request : requests) {
            NotificationRow row = claimed.get(request.eventId());
            if (row == null) {
                throw new PoisonException(PoisonCode.UNKNOWN_COURSE, "audience.course: is not in the directory");
            }
            rows.add(row);
        }
        return rows;
    }

    /** The inboxes of all who are named, or of one more student than fit; none of what is complete or conflicts. */
    private LockedInboxes lock(List<FanoutRequest> requests, List<NotificationRow> rows) {
        Long course = requests.get(0).course();
        if (course != null && rows.get(0).isOpenTo(requests.get(0))) {
            return inboxes.lockStudents(course, rows.get(0).fannedTo(), CHUNK + 1);
        }
        return inboxes.lock(IntStream.range(0, rows.size())
                .mapToObj(i -> firstOf(named(requests.get(i), rows.get(i))))
                .flatMapToLong(users -> users.stream().mapToLong(Long::longValue))
                .sorted()
                .distinct()
                .toArray());
    }

    /** Users by name who do not have it yet, by ascending id. */
    private static List<Long> named(FanoutRequest request, NotificationRow row) {
        if (!row.isOpenTo(request)) {
            return List.of();
        }
        List<Long> users = request.users();
        int at = Collections.binarySearch(users, row.fannedTo());
        return users.subList(at >= 0 ? at + 1 : -at - 1, users.size());
    }

    private static List<Long> firstOf(List<Long> users) {
        return users.subList(0, Math.min(users.size(), CHUNK));
    }
}
