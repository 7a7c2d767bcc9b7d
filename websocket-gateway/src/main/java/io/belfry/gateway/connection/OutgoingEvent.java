package io.belfry.gateway.connection;

import io.belfry.events.NotificationStored.Recipient;
import io.belfry.gateway.protocol.SharedFrame;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One event on its way to those of its recipients who are connected here.
 *
 * @param epoch that the recipients' numbers belong to
 * @param time when what it tells of happened; null = not told
 */
public record OutgoingEvent(
        SharedFrame frame,
        String epoch,
        List<Recipient> recipients,
        @Nullable Instant time) {

    public OutgoingEvent {
        recipients = List.copyOf(recipients);
    }

    /** The same for others. */
    public OutgoingEvent to(List<Recipient> others) {
        return new OutgoingEvent(frame, epoch, others, time);
    }
}
