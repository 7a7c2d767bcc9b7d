package io.belfry.gateway.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What one client is told about its own connection; what many are told at once is a {@link SharedFrame}. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
public sealed interface ServerFrame {

    /**
     * The first frame of every connection that was let in.
     *
     * @param session names this connection in logs and in Redis
     * @param time the server's clock
     * @param tokenExpiresAt the token's {@code exp}; the socket lives as long as the clock skew beyond it
     * @param hint of the user's inbox, maybe not the newest; null = unknown
     */
    @JsonTypeName("welcome")
    @JsonPropertyOrder({
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
            implements ServerFrame {    }

    /** A command is taken: Kafka has it. */
    @JsonTypeName("ack")
    record Ack(String ref) implements ServerFrame {    }

    /** @param message for a person; never repeats what was sent */
    @JsonTypeName("error")
    @JsonPropertyOrder({"code", "message", "ref"})
    record Failure(ErrorCode code, String message, @Nullable String ref) implements ServerFrame {    }

    /** A later {@code authenticate} was accepted. */
    @JsonTypeName("authenticated")
    @JsonPropertyOrder({"token_expires_at", "ref"})
    record Authenticated(Instant tokenExpiresAt, @Nullable String ref) implements ServerFrame {    }

    @JsonTypeName("pong")
    record Pong() implements ServerFrame {    }

    /** @param afterMs after so many milliseconds a new socket is due */
    @JsonTypeName("reconnect")
    record Reconnect(long afterMs) implements ServerFrame {    }
}
