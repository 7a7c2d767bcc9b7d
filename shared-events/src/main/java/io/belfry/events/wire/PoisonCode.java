package io.belfry.events.wire;

import io.belfry.json.WireName;

/** Why an event is set aside: the header {@code belfry-error} of its dead letter. Listed in docs/protocol.md. */
public enum PoisonCode implements WireName {
    /** No value, or one of no bytes, where an event is due. */
    EMPTY,
    /** Not UTF-8, not JSON, or text and numbers that the contract forbids. */
    NOT_JSON,
    /** JSON, but not an object. */
    NOT_OBJECT,
    /** More levels than allowed. */
    TOO_DEEP,
    /** CloudEvents attributes missing, blank, too long or unreadable. */
    BAD_ATTRIBUTES,
    /** A type or version that this topic does not carry. */
    UNKNOWN_TYPE,
    /** A field breaks a rule; the detail names it. */
    INVALID_FIELD,
    /** A platform record whose key does not fit its data. */
    BAD_KEY,
    /** A course that the directory does not know. */
    UNKNOWN_COURSE,
    /** Neither poison by a rule nor the world's fault, and it kept failing alone. */
    UNPROCESSABLE
}
