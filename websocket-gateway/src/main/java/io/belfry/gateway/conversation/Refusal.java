package io.belfry.gateway.conversation;

import io.belfry.gateway.protocol.CloseCode;

/** Why a token does not open a connection, and how that is said before and after the handshake. */
public enum Refusal implements Verdict {
    BAD_TOKEN(CloseCode.BAD_TOKEN, 401),
    TOKEN_EXPIRED(CloseCode.TOKEN_EXPIRED, 401),
    SIGNED_OUT(CloseCode.SIGNED_OUT, 401),
    /** A service: it has no inbox. */
    NO_INBOX(CloseCode.NOT_ALLOWED, 403),
    /** Other gateways hear of this user's inbox. */
    WRONG_SHARD(CloseCode.WRONG_SHARD, 421),
    /** No keys have been fetched yet. */
    CANNOT_TELL(CloseCode.TRY_AGAIN_LATER, 503);

    private final CloseCode closeCode;
    private final int httpStatus;

    Refusal(CloseCode closeCode, int httpStatus) {
        this.closeCode = closeCode;
        this.httpStatus = httpStatus;
    }

    public CloseCode closeCode() {
        return closeCode;
    }

    public int httpStatus() {
        return httpStatus;
    }
}
