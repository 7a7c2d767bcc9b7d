package io.belfry.gateway.hints;

import io.belfry.events.NotificationStored.Recipient;
import io.belfry.gateway.ops.GatewayMetrics;
import io.belfry.gateway.presence.GatewayRedis;
import io.belfry.gateway.protocol.InboxHint;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code welcome} says of an inbox: {@code seq}, {@code unread}, {@code epoch} of its last change that any gateway
 * heard of, kept in Redis for a quarter of an hour. Maybe lower than the truth. Safe for use by many threads; nothing here
 * blocks or fails.
 */
public final class InboxHints implements AutoCloseable {

    private final HintWriter writer;

    /**
     * Of the last event; null = none yet. Redis keeps hints for longer than it takes to restore a backup, and a client that
     * was greeted with one of the history that is gone would load a list for nothing.
     */
    private volatile @Nullable String epoch;

    public InboxHints(GatewayRedis redis, GatewayMetrics metrics) {
        this.writer = new HintWriter(redis, metrics);
    }

    public void start() {
        writer.start();
    }

    /**
     * These inboxes have changed, and from now on hints are of this epoch. A {@code seq} that is lower than what is known in
     * its epoch changes nothing. Nothing is written while Redis is away.
     *
     * @param recipients is kept, and must not change
     */
    public void changed(String changedIn, List<Recipient> recipients) {
        epoch = changedIn;
        writer.add(changedIn, recipients);
    }

    /**
     * @param text as it stands in Redis, {@code <epoch>:<seq>:<unread>}; empty = nothing stands there
     * @return null for what cannot be read, or is of another epoch than the last event
     */
    public @Nullable InboxHint read(String text) {
        int last = text.lastIndexOf(':');
        int middle = text.lastIndexOf(':', last - 1);
        if (middle <= 0 || !text.substring(0, middle).equals(epoch)) {
            return null;
        }
        try {
            return new InboxHint(
                    Long.parseLong(text.substring(middle + 1, last)),
                    Long.parseLong(text.substring(last + 1)),
                    text.substring(0, middle));
        } catch (NumberFormatException e) {
            return null;
        }
    }

    @Override
    public void close() {
        writer.close();
    }
}
