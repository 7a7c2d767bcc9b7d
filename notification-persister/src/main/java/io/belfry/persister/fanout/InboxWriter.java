package io.belfry.persister.fanout;

import io.belfry.events.EventId;
import io.belfry.events.NotificationStored.Recipient;
import io.belfry.persister.fanout.NotificationRow.State;
import io.belfry.persister.fanout.Outcome.Origin;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Writes requests into inboxes, one transaction a call, a fixed number of statements however many the recipients. It
 * locks notifications, then inboxes, each in one ascending order, so any number of writers, single changes and
 * redeliveries may run side by side: an event enters an inbox once and every change gets the next number.
 *
 * <p>Safe for use by many threads.
 */
public final class InboxWriter {

    /** Most recipients of one transaction. */
    public static final int CHUNK = 1_000;

    private final TransactionOperations transactions;
    private final JdbcClient jdbc;
    private final NotificationRows notifications;
    private final Audiences audiences;
    private final Inboxes inboxes;
    private final RestRequests restRequests;

    public InboxWriter(TransactionOperations transactions, JdbcClient jdbc, RestRequests restRequests) {
        this.transactions = transactions;
        this.jdbc = jdbc;
        this.notifications = new NotificationRows(jdbc);
        this.audiences = new Audiences(jdbc);
        this.inboxes = new Inboxes(jdbc);
        this.restRequests = restRequests;
    }

    /**
     * Gives these requests to their next recipients. Requests that together fit a transaction are complete afterwards;
     * a single larger one gains {@value #CHUNK} recipients a call.
     *
     * @param requests with distinct event ids: any one, or several that {@link FanoutRequest#fitsBeside fit together};
     *     a user in several of them gets numbers in their order
     * @return the outcome of each, in the same order
     */
    public List<Outcome> write(List<FanoutRequest> requests) {
        return Objects.requireNonNull(transactions.execute(status -> writeInTransaction(requests)));
    }

    private List<Outcome> writeInTransaction(List<FanoutRequest> requests) {
        Map<EventId, NotificationRow> rows = notifications.claim(requests);
        List<Share> shares = new ArrayList<>(requests.size());
        for (FanoutRequest request : requests) {
            NotificationRow row = rows.get(request.eventId());
            if (row != null) {
                shares.add(audiences.next(request, row, CHUNK));
            }
        }
        List<List<Recipient>> recipients = inboxes.add(shares);
        notifications.advance(shares.stream()
                .filter(share -> share.row().state() != State.INSERTED_WHOLE
                        && !share.row().conflictsWith(share.request())
                        && !share.row().complete())
                .toList());
        restRequests.stored(shares.stream().filter(Share::complete).toList());
        return outcomes(requests, rows, shares, recipients);
    }

    private List<Outcome> outcomes(
            List<FanoutRequest> requests,
            Map<EventId, NotificationRow> rows,
            List<Share> shares,
            List<List<Recipient>> recipients) {
        String epoch = jdbc.sql("SELECT current_epoch()").query(String.class).single();
        Map<Long, String> names = senderNames(shares);
        List<Outcome> outcomes = new ArrayList<>(requests.size());
        int next = 0;
        for (FanoutRequest request : requests) {
            if (rows.containsKey(request.eventId())) {
                outcomes.add(stored(shares.get(next), recipients.get(next), epoch, names));
                next++;
            } else {
                outcomes.add(new Outcome.UnknownCourse(request));
            }
        }
        return outcomes;
    }

    private static Outcome stored(
            Share share, List<Recipient> recipients, String epoch, Map<Long, String> senderNames) {
        NotificationRow row = share.row();
        Origin origin = row.state() != State.FOUND
                ? Origin.NEW
                : row.conflictsWith(share.request()) ? Origin.CONFLICT : Origin.KNOWN;
        return new Outcome.Stored(
                share.request(),
                row.content(row.senderId() == null ? null : senderNames.get(row.senderId())),
                epoch,
                row.fannedTo(),
                recipients,
                share.last(),
                origin);
    }

    private Map<Long, String> senderNames(List<Share> shares) {
        Long[] senders = shares.stream()
                .map(share -> share.row().senderId())
                .filter(Objects::nonNull)
                .distinct()
                .toArray(Long[]::new);
        Map<Long, String> names = new HashMap<>();
        if (senders.length > 0) {
            jdbc.sql("SELECT id, name FROM platform_user WHERE id = ANY (?)")
                    .param(senders)
                    .query(row -> {
                        names.put(row.getLong(1), row.getString(2));
                    });
        }
        return names;
    }
}
