package io.belfry.gateway.protocol;

import com.fasterxml.jackson.annotation.JsonValue;

/** Why a frame was not acted upon, when the socket stays open. */
public enum ErrorCode {
    BAD_REQUEST("bad_request"),
    /** A token of another user; the first identity stays. */
    WRONG_USER("wrong_user"),
    /** Not known to be taken: ask again. */
    UNAVAILABLE("unavailable"),
    INTERNAL("internal");

    private final String wireName;

    ErrorCode(String wireName) {
        this.wireName = wireName;
    }

    @JsonValue
    public String wireName() {
        return wireName;
    }
}
