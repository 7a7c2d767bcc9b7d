package io.belfry.gateway.connection;

import io.belfry.events.NotificationStored.Recipient;
import io.belfry.gateway.ops.GatewayMetrics;
import io.belfry.gateway.protocol.CloseCode;
import io.belfry.gateway.protocol.SharedFrame;
import io.belfry.runtime.tracing.Step;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one event loop, by user. Called on that loop only, but for {@link #loop()} and {@link #size()}.
 */
public final class ConnectionShard {

    private final ScheduledExecutorService loop;
    private final GatewayMetrics metrics;
    private final Map<Long, Connection[]> byUser = new HashMap<>();
    private final List<Connection> unflushed = new ArrayList<>();
    private volatile int size;

    public ConnectionShard(ScheduledExecutorService loop, GatewayMetrics metrics) {
        this.loop = loop;
        this.metrics = metrics;
    }

    /** Where everything about these connections happens. Safe for use by many threads. */
    public ScheduledExecutorService loop() {
        return loop;
    }

    /** How many connections there are. Safe for use by many threads. */
    public int size() {
        return size;
    }

    public void add(Connection connection) {
        byUser.merge(connection.user(), new Connection[] {connection}, (present, added) -> {
            Connection[] all = Arrays.copyOf(present, present.length + 1);
            all[present.length] = connection;
            return all;
        });
        setSize(size + 1);
    }

    /** Forgets this very connection; one that is not here is ignored. */
    public void remove(Connection connection) {
        byUser.computeIfPresent(connection.user(), (user, present) -> without(connection, present));
    }

    private Connection @Nullable [] without(Connection connection, Connection[] present) {
        Connection[] left =
                Arrays.stream(present).filter(other -> other != connection).toArray(Connection[]::new);
        setSize(size - (present.length - left.length));
        return left.length == 0 ? null : left;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // written on the loop alone
    private void setSize(int value) {
        size = value;
    }

    /** A copy: what is done to the connections may remove them. */
    public List<Connection> all() {
        List<Connection> all = new ArrayList<>(size);
        byUser.values().forEach(connections -> all.addAll(Arrays.asList(connections)));
        return all;
    }

    /** Writes every delivery to the connections of its recipients, then flushes each connection once. */
    void deliver(List<OutgoingEvent> batch) {
        for (OutgoingEvent delivery : batch) {
            int written = 0;
            for (Recipient recipient : delivery.recipients()) {
                written += write(delivery, recipient);
            }
            metrics.delivered(written, delivery.time());
        }
        unflushed.forEach(Connection::flush);
        unflushed.clear();
    }

    private int write(OutgoingEvent delivery, Recipient recipient) {
        Connection[] connections = byUser.get(recipient.user());
        if (connections == null) {
            return 0;
        }
        for (Connection connection : connections) {
            connection.outlet().write(delivery.frame(), recipient.seq(), recipient.unread());
            if (connection.markUnflushed()) {
                unflushed.add(connection);
            }
        }
        return connections.length;
    }

    /** Closes those of the user's connections that the condition names. */
    void close(long user, Predicate<Connection> condition, CloseCode code) {
        for (Connection connection : byUser.getOrDefault(user, new Connection[0])) {
            if (condition.test(connection)) {
                connection.outlet().close(code);
            }
        }
    }

    /**
     * One event on its way to those of its recipients who are connected here.
     *
     * @param epoch that the recipients' numbers belong to
     * @param time when what it tells of happened; null = not told
     * @param step of its way that this is
     */
    public record OutgoingEvent(
            SharedFrame frame,
            String epoch,
            List<Recipient> recipients,
            @Nullable Instant time,
            Step step) {

        public OutgoingEvent {
            recipients = List.copyOf(recipients);
        }

        /** The same for others. */
        public OutgoingEvent to(List<Recipient> others) {
            return new OutgoingEvent(frame, epoch, others, time, step);
        }
    }
}
