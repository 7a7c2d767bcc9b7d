package io.belfry.gateway.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.belfry.events.InboxChanged;
import io.belfry.events.NotificationStored;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
        return new SharedFrame(NOTIFICATION, continuation(new Added(event.epoch(), event.notification())));
    }

    public static SharedFrame of(InboxChanged event) {
        return new SharedFrame(
                INBOX,
                continuation(new Changed(event.epoch(), event.change(), event.ids(), event.upTo(), event.upToSeq())));
    }

    /** Up to and with {@code "seq":}; a few ASCII characters. */
    public byte[] start() {
        return start;
    }

    /** From the comma after {@code unread}'s value to the closing brace. */
    public byte[] rest() {
        return rest;
    }

    /** The part of a {@code notification} frame that all share. */
    private record Added(String epoch, NotificationStored.Content notification) {}

    /** The part of an {@code inbox} frame that says what changed. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Changed(
            String epoch,
            InboxChanged.Change change,
            @Nullable List<Long> ids,
            @Nullable Long upTo,
            @Nullable Long upToSeq) {}

    /** An object's fields as they continue an object that is already begun: {@code ,"epoch":…}}. */
    private static byte[] continuation(Object fields) {
        byte[] object = FrameCodec.JSON.write(fields);
        object[0] = ',';
        return object;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
