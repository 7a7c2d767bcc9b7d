package io.belfry.gateway.protocol;

import io.belfry.json.WireName;

/** Why a frame was not acted upon, when the socket stays open. */
public enum ErrorCode implements WireName {
    BAD_REQUEST,
    /** A token of another user; the first identity stays. */
    WRONG_USER,
    /** Not known to be taken: ask again. */
    UNAVAILABLE,
    INTERNAL
}
