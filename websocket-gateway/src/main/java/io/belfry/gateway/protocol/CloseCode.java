package io.belfry.gateway.protocol;

import io.belfry.json.WireName;
import java.util.Optional;

/**
 * Every way a socket ends, and whether its client should come back: the one table. The web client's and the protocol
 * page's are held against it by tests.
 *
 * <p>Own codes tell by their range, so that a client knows what to do about one it has never heard of: 4000-4499 come
 * back, 4500-4999 stay away. Codes below 4000 are those of RFC 6455, section 7.4.1, and of the IANA registry.
 */
public enum CloseCode implements WireName {
    NORMAL(1000, "closed", true),
    GOING_AWAY(1001, "going away", true),
    PROTOCOL_ERROR(1002, "protocol error", false),
    UNSUPPORTED_DATA(1003, "binary frames are not taken", false),
    /** Never sent: what an endpoint says of a close without a code. */
    NO_STATUS(1005, "no code given", true),
    /** Never sent: what an endpoint says of a connection that just ended. */
    ABNORMAL(1006, "connection lost", true),
    INVALID_PAYLOAD(1007, "not UTF-8", false),
    POLICY_VIOLATION(1008, "policy violation", false),
    MESSAGE_TOO_BIG(1009, "message too big", false),
    MANDATORY_EXTENSION(1010, "extension missing", false),
    INTERNAL_ERROR(1011, "internal error", true),
    SERVICE_RESTART(1012, "service restart", true),
    TRY_AGAIN_LATER(1013, "try again later", true),
    BAD_GATEWAY(1014, "bad gateway", true),
    /** Never sent: what an endpoint says of a failed TLS handshake. */
    TLS_HANDSHAKE(1015, "TLS handshake failed", true),
    NOT_AUTHENTICATED_IN_TIME(4408, "not authenticated in time", true),
    TOO_SLOW(4413, "too slow a reader", true),
    /** Ask the api where to go, then come back there. */
    WRONG_SHARD(4421, "another shard's user", true),
    TOO_MANY_FRAMES(4429, "too many frames", true),
    /** Come back only with a newer token. */
    TOKEN_EXPIRED(4441, "token expired", true),
    BAD_FRAME(4500, "bad frame", false),
    BAD_TOKEN(4501, "bad token", false),
    NOT_ALLOWED(4503, "not allowed", false),
    TOO_MANY_SESSIONS(4509, "too many sessions", false),
    SIGNED_OUT(4510, "signed out", false);

    private final int number;
    private final String reason;
    private final boolean reconnect;

    CloseCode(int number, String reason, boolean reconnect) {
        this.number = number;
        this.reason = reason;
        this.reconnect = reconnect;
    }

    /** The status code of the close frame. */
    public int number() {
        return number;
    }

    /** The text of the close frame; at most 123 bytes, as RFC 6455 allows. */
    public String reason() {
        return reason;
    }

    /** Whether a client should come back, with back-off. */
    public boolean reconnect() {
        return reconnect;
    }

    /** The code of this number, if it is one that we know. */
    public static Optional<CloseCode> of(int number) {
        for (CloseCode code : values()) {
            if (code.number == number) {
                return Optional.of(code);
            }
        }
        return Optional.empty();
    }
}
