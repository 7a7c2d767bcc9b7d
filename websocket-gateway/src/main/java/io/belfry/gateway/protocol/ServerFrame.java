package io.belfry.gateway.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What one client is told about its own connection; what many are told at once is a {@link SharedFrame}. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public sealed interface ServerFrame {

    /** The frame's {@code type}. */
    @JsonProperty("type")
    String type();

    /**
     * The first frame of every connection that was let in.
     *
     * @param session names this connection in logs and in Redis
     * @param time the server's clock
     * @param tokenExpiresAt the token's {@code exp}; the socket lives as long as the clock skew beyond it
     * @param hint of the user's inbox, maybe not the newest; null = unknown
     */
    @JsonPropertyOrder({
        "type",
        "session",
        "user",
        "time",
        "heartbeat_seconds",
        "check_seconds",
        "token_expires_at",
        "seq",
        "unread",
        "epoch"
    })
    record Welcome(
            String session,
            long user,
            Instant time,
            long heartbeatSeconds,
            long checkSeconds,
            Instant tokenExpiresAt,
            @JsonUnwrapped @Nullable InboxHint hint)
            implements ServerFrame {
        @Override
        public String type() {
            return "welcome";
        }
    }

    /** A command is taken: Kafka has it. */
    @JsonPropertyOrder({"type", "ref"})
    record Ack(String ref) implements ServerFrame {
        @Override
        public String type() {
            return "ack";
        }
    }

    /** @param message for a person; never repeats what was sent */
    @JsonPropertyOrder({"type", "code", "message", "ref"})
    record Failure(ErrorCode code, String message, @Nullable String ref) implements ServerFrame {
        @Override
        public String type() {
            return "error";
        }
    }

    /** A later {@code authenticate} was accepted. */
    @JsonPropertyOrder({"type", "token_expires_at", "ref"})
    record Authenticated(Instant tokenExpiresAt, @Nullable String ref) implements ServerFrame {
        @Override
        public String type() {
            return "authenticated";
        }
    }

    @JsonPropertyOrder("type")
    record Pong() implements ServerFrame {
        @Override
        public String type() {
            return "pong";
        }
    }

    /** @param afterMs after so many milliseconds a new socket is due */
    @JsonPropertyOrder({"type", "after_ms"})
    record Reconnect(long afterMs) implements ServerFrame {
        @Override
        public String type() {
            return "reconnect";
        }
    }
}
