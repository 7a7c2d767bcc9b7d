package io.belfry.json;

/** Bytes that are not one JSON document by the contract's rules (encoding, syntax, duplicate names, depth, size). */
public final class MalformedJsonException extends RuntimeException {

    /** What kind of malformed: some doors answer them differently. */
    public enum Kind {
        /** No bytes at all. */
        EMPTY,
        /** Not UTF-8, not JSON, or forbidden text in it. */
        NOT_JSON,
        /** JSON, but not an object where one is due. */
        NOT_OBJECT,
        /** More levels than allowed. */
        TOO_DEEP
    }

    private final Kind kind;

    public MalformedJsonException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
