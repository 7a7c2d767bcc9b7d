package io.belfry.persister.fanout;

import io.belfry.events.EventId;
import io.belfry.events.NotificationStored.Recipient;
import io.belfry.events.wire.PoisonCode;
import io.belfry.events.wire.PoisonException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
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
    private final RestRequests restRequests;

    FanoutWriter(TransactionOperations transactions, JdbcClient jdbc) {
        this.transactions = transactions;
        this.jdbc = jdbc;
        this.notifications = new NotificationRows(jdbc);
        this.inboxes = new Inboxes(jdbc);
        this.restRequests = new RestRequests(jdbc);
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
        Map<EventId, NotificationRow> claimed = notifications.claim(requests);
        List<NotificationRow> rows = new ArrayList<>(requests.size());
        List<List<Long>> users = new ArrayList<>(requests.size());
        List<Boolean> complete = new ArrayList<>(requests.size());
        for (FanoutRequest request : requests) {
            NotificationRow row = claimed.get(request.eventId());
            if (row == null) {
                throw new PoisonException(PoisonCode.UNKNOWN_COURSE, "audience.course: is not in the directory");
            }
            List<Long> missing = missing(request, row);
            rows.add(row);
            users.add(missing.size() > CHUNK ? missing.subList(0, CHUNK) : missing);
            complete.add(missing.size() <= CHUNK);
        }
        List<List<Recipient>> added = inboxes.add(rows, users);
        AnnouncementContext context = AnnouncementContext.of(rows, jdbc);
        List<Stored> stored = new ArrayList<>(requests.size());
        for (int i = 0; i < rows.size(); i++) {
            NotificationRow row = rows.get(i);
            stored.add(new Stored(
                    requests.get(i), row, added.get(i), complete.get(i), context.epoch(), row.content(context)));
        }
        notifications.advance(stored.stream().filter(Stored::movesRow).toList());
        restRequests.stored(stored.stream().filter(Stored::isWhole).toList());
        return stored;
    }

    /** Users who do not have it yet, by ascending id: all who are named, or one more of a course than fit. */
    private List<Long> missing(FanoutRequest request, NotificationRow row) {
        if (row.complete() || row.conflictsWith(request)) {
            return List.of();
        }
        if (request.course() != null) {
            return students(request.course(), row.fannedTo(), CHUNK + 1);
        }
        int at = Collections.binarySearch(request.users(), row.fannedTo());
        return request.users()
                .subList(at >= 0 ? at + 1 : -at - 1, request.users().size());
    }

    private List<Long> students(long course, long above, int limit) {
        return jdbc.sql("""
                        SELECT user_id FROM course_member
                         WHERE course_id = ? AND user_id > ? AND role = 'student'
                         ORDER BY user_id LIMIT ?
                        """).params(course, above, limit).query(Long.class).list();
    }
}
