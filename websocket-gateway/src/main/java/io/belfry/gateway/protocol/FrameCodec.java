package io.belfry.gateway.protocol;

import io.belfry.events.Ids;
import io.belfry.gateway.protocol.ClientFrame.Authenticate;
import io.belfry.gateway.protocol.ClientFrame.MarkAllRead;
import io.belfry.gateway.protocol.ClientFrame.MarkRead;
import io.belfry.gateway.protocol.ClientFrame.Ping;
import io.belfry.gateway.protocol.ClientFrame.Unusable;
import io.belfry.json.MalformedJsonException;
import io.belfry.json.StrictJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Frames from and to text, by the contract's rules. Stateless. */
public final class FrameCodec {

    /** Code points of a {@code ref}. */
    public static final int MAX_REF_LENGTH = 64;

    static final StrictJson JSON = StrictJson.ignoringUnknownFields();

    private FrameCodec() {}

    /**
     * What a client said. A bad field makes an {@link Unusable} frame; so does an unknown type, which a newer client may
     * send.
     *
     * @throws BadFrameException if it is not a JSON object with a text {@code type}, or deeper than 16 levels
     */
    public static ClientFrame decode(String text) throws BadFrameException {
        ObjectNode frame;
        try {
            frame = JSON.parseObject(text, StrictJson.MAX_DEPTH);
        } catch (MalformedJsonException e) {
            throw new BadFrameException("not a JSON object of the contract's rules");
        }
        JsonNode type = frame.get("type");
        if (type == null || !type.isString()) {
            throw new BadFrameException("no text in type");
        }
        String ref = null;
        if (isThere(frame, "ref")) {
            ref = ref(frame.get("ref"));
            if (ref == null) {
                return new Unusable("ref must be a text of at most " + MAX_REF_LENGTH + " characters", null);
            }
        }
        return decode(type.stringValue(), frame, ref);
    }

    private static ClientFrame decode(String type, ObjectNode frame, @Nullable String ref) {
        return switch (type) {
            case "authenticate" -> authenticate(frame, ref);
            case "mark_read" -> {
                Long id = id(frame.get("id"));
                yield id == null
                        ? new Unusable("id must be an integer from 1 to 2^53 - 1", ref)
                        : new MarkRead(id, ref);
            }
            case "mark_all_read" -> {
                Long upTo = id(frame.get("up_to"));
                yield upTo == null && isThere(frame, "up_to")
                        ? new Unusable("up_to must be an integer from 1 to 2^53 - 1", ref)
                        : new MarkAllRead(upTo, ref);
            }
            case "ping" -> new Ping(ref);
            default -> new Unusable("unknown type", ref);
        };
    }

    private static ClientFrame authenticate(ObjectNode frame, @Nullable String ref) {
        JsonNode token = frame.get("token");
        return token != null && token.isString()
                ? new Authenticate(token.stringValue(), ref)
                : new Unusable("token must be a text", ref);
    }

    private static boolean isThere(ObjectNode frame, String field) {
        JsonNode value = frame.get(field);
        return value != null && !value.isNull();
    }

    private static @Nullable String ref(JsonNode value) {
        if (!value.isString()) {
            return null;
        }
        String ref = value.stringValue();
        return ref.codePointCount(0, ref.length()) <= MAX_REF_LENGTH ? ref : null;
    }

    private static @Nullable Long id(@Nullable JsonNode value) {
        if (value == null || !value.isIntegralNumber() || !value.canConvertToLong()) {
            return null;
        }
        long id = value.longValue();
        return Ids.isValid(id) ? id : null;
    }

    /** Compact UTF-8, fields in the contract's order. */
    public static byte[] encode(ServerFrame frame) {
        return JSON.write(frame);
    }

    /** A text that is no frame at all: not a JSON object with a text {@code type}. The socket is closed for it. */
    public static final class BadFrameException extends Exception {

        /** Without a stack trace: a client decides how many of these there are. */
        BadFrameException(String message) {
            super(message, null, false, false);
        }
    }
}
