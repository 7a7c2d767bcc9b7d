package io.belfry.gateway.connection;

import io.belfry.events.NotificationStored.Recipient;
import io.belfry.gateway.ops.GatewayMetrics;
import io.belfry.gateway.protocol.CloseCode;
import io.belfry.gateway.protocol.SharedFrame;
import io.belfry.runtime.tracing.Step;
import io.netty.util.collection.LongObjectHashMap;
import io.netty.util.collection.LongObjectMap;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one event loop, by user. Called on that loop only, but for {@link #loop()} and {@link #size()}.
 */
public final class ConnectionShard {

    private static final Connection[] NONE = {};

    /** Few enough that what was read of the first is still in the cache when it is written to. */
    private static final int GROUP = 16;

    private final ScheduledExecutorService loop;
    private final GatewayMetrics metrics;
    private final LongObjectMap<Connection[]> byUser = new LongObjectHashMap<>();
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
        Connection[] present = of(connection.user());
        Connection[] all = Arrays.copyOf(present, present.length + 1);
        all[present.length] = connection;
        byUser.put(connection.user(), all);
        setSize(size + 1);
    }

    private Connection[] of(long user) {
        Connection[] connections = byUser.get(user);
        return connections == null ? NONE : connections;
    }

    /** Forgets this very connection; one that is not here is ignored. */
    public void remove(Connection connection) {
        Connection[] present = of(connection.user());
        Connection[] left =
                Arrays.stream(present).filter(other -> other != connection).toArray(Connection[]::new);
        setSize(size - (present.length - left.length));
        if (left.length == 0) {
            byUser.remove(connection.user());
        } else {
            byUser.put(connection.user(), left);
        }
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

    /** Writes to each connection all that the batch has for it, in one go. */
    void deliver(List<OutgoingEvent> batch) {
        List<Connection> reached = new ArrayList<>();
        List<OutgoingEvent> wanted = new ArrayList<>(batch.size());
        for (OutgoingEvent event : batch) {
            boolean isWanted = false;
            for (Recipient recipient : event.recipients()) {
                for (Connection connection : of(recipient.user())) {
                    isWanted = true;
                    if (connection.add(event.frame(), recipient)) {
                        reached.add(connection);
                    }
                }
            }
            if (isWanted) {
                wanted.add(event);
            }
        }
        metrics.framesSent(write(reached));
        wanted.forEach(event -> metrics.delivered(event.time()));
    }

    /**
     * The memory of thousands of sockets is in no cache of the processor. A group is asked first whether it is ready, so that
     * the reads of its sockets are waited for together; in a write they would follow each other (group prefetching: Chen
     * and others, Improving Hash Join Performance through Prefetching, ICDE 2004).
     *
     * @return how many frames
     */
    private static int write(List<Connection> reached) {
        int written = 0;
        for (int from = 0; from < reached.size(); from += GROUP) {
            List<Connection> group = reached.subList(from, Math.min(from + GROUP, reached.size()));
            List<Connection> ready = group.stream().filter(Connection::isReady).toList();
            written += ready.stream().mapToInt(Connection::leave).sum();
        }
        return written;
    }

    /** Closes those of the user's connections that the condition names. */
    void close(long user, Predicate<Connection> condition, CloseCode code) {
        for (Connection connection : of(user)) {
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
