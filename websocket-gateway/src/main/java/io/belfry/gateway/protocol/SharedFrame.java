package io.belfry.gateway.protocol;

import io.belfry.events.InboxChanged;
import io.belfry.events.NotificationStored;
import java.nio.charset.StandardCharsets;

/**
 * A frame for many: all of it but {@code seq} and {@code unread} is the same for every recipient, and encoded once.
 *
 * <p>A recipient's frame is {@link #start()}, {@code seq}, {@link #MIDDLE}, {@code unread}, {@link #rest()}. The arrays
 * are not copied; they must not be written to.
 */
public final class SharedFrame {

    /** Between {@code seq} and {@code unread}. */
    public static final byte[] MIDDLE = ascii(",\"unread\":");

    private static final byte[] NOTIFICATION = ascii("{\"type\":\"notification\",\"seq\":");
    private static final byte[] INBOX = ascii("{\"type\":\"inbox\",\"seq\":");

    private final byte[] start;
    private final byte[] rest;

    private SharedFrame(byte[] start, byte[] rest) {
        this.start = start;
        this.rest = rest;
    }

    public static SharedFrame of(NotificationStored event) {
        return new SharedFrame(NOTIFICATION, FrameJson.continuation(new Added(event.epoch(), event.notification())));
    }

    public static SharedFrame of(InboxChanged event) {
        return new SharedFrame(
                INBOX,
                FrameJson.continuation(
                        new Changed(event.epoch(), event.change(), event.ids(), event.upTo(), event.upToSeq())));
    }

    /** Up to and with {@code "seq":}; a few ASCII characters. */
    public byte[] start() {
        return start;
    }

    /** From the comma after {@code unread}'s value to the closing brace. */
    public byte[] rest() {
        return rest;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
