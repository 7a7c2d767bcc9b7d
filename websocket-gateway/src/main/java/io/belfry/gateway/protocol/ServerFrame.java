package io.belfry.gateway.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.belfry.json.WireName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What one client is told about its own connection; what many are told at once is a {@link SharedFrame}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(name = "welcome", value = ServerFrame.Welcome.class),
    @JsonSubTypes.Type(name = "ack", value = ServerFrame.Ack.class),
    @JsonSubTypes.Type(name = "error", value = ServerFrame.Failure.class),
    @JsonSubTypes.Type(name = "authenticated", value = ServerFrame.Authenticated.class),
    @JsonSubTypes.Type(name = "pong", value = ServerFrame.Pong.class),
    @JsonSubTypes.Type(name = "reconnect", value = ServerFrame.Reconnect.class)
})
@JsonInclude(JsonInclude.Include.NON_NULL)
public sealed interface ServerFrame {

    /**
     * The first frame of every connection that was let in.
     *
     * @param session names this connection in logs and in Redis
     * @param time the server's clock
     * @param tokenExpiresAt the token's {@code exp}; the socket lives as long as the clock skew beyond it
     * @param hint of the user's inbox, maybe not the newest; null = unknown
     */
    record Welcome(
            String session,
            long user,
            Instant time,
            long heartbeatSeconds,
            long checkSeconds,
            Instant tokenExpiresAt,
            @JsonUnwrapped @Nullable InboxHint hint)
            implements ServerFrame {}

    /** A command is taken: Kafka has it. */
    record Ack(String ref) implements ServerFrame {}

    /** @param message for a person; never repeats what was sent */
    record Failure(ErrorCode code, String message, @Nullable String ref) implements ServerFrame {}

    /** A later {@code authenticate} was accepted. */
    record Authenticated(Instant tokenExpiresAt, @Nullable String ref) implements ServerFrame {}

    record Pong() implements ServerFrame {}

    /** @param afterMs after so many milliseconds a new socket is due */
    record Reconnect(long afterMs) implements ServerFrame {}

    /** Why a frame was not acted upon, when the socket stays open. */
    enum ErrorCode implements WireName {
        BAD_REQUEST,
        /** A token of another user; the first identity stays. */
        WRONG_USER,
        /** Not known to be taken: ask again. */
        UNAVAILABLE,
        INTERNAL
    }

    /**
     * What is known of an inbox, maybe not the newest.
     *
     * @param seq the number of a change
     * @param unread the absolute count after it
     * @param epoch the history that both belong to
     */
    record InboxHint(long seq, long unread, String epoch) {}
}
