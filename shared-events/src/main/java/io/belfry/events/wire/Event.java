package io.belfry.events.wire;

import io.belfry.events.EventId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event with its envelope.
 *
 * @param time when what it tells of happened ({@code ce_time}); null = not told
 * @param traceparent W3C trace context, or null
 */
public record Event<T>(
        EventId eventId,
        EventType<T> type,
        @Nullable Instant time,
        @Nullable String traceparent,
        T data) {

    public static <T> Event<T> of(EventId eventId, EventType<T> type, @Nullable Instant time, T data) {
        return new Event<>(eventId, type, time, null, data);
    }
}
