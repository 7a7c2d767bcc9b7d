package io.belfry.events.wire;

/** Why an event is set aside: the header {@code belfry-error} of its dead letter. Listed in docs/protocol.md. */
public enum PoisonCode {
    /** No value, or one of no bytes, where an event is due. */
    EMPTY("empty"),
    /** Not UTF-8, not JSON, or text and numbers that the contract forbids. */
    NOT_JSON("not_json"),
    /** JSON, but not an object. */
    NOT_OBJECT("not_object"),
    /** More levels than allowed. */
    TOO_DEEP("too_deep"),
    /** CloudEvents attributes missing, blank, too long or unreadable. */
    BAD_ATTRIBUTES("bad_attributes"),
    /** A type or version that this topic does not carry. */
    UNKNOWN_TYPE("unknown_type"),
    /** A field breaks a rule; the detail names it. */
    INVALID_FIELD("invalid_field"),
    /** A platform record whose key does not fit its data. */
    BAD_KEY("bad_key"),
    /** A course that the directory does not know. */
    UNKNOWN_COURSE("unknown_course"),
    /** Neither poison by a rule nor the world's fault, and it kept failing alone. */
    UNPROCESSABLE("unprocessable");

    private final String wireName;

    PoisonCode(String wireName) {
        this.wireName = wireName;
    }

    public String wireName() {
        return wireName;
    }
}
