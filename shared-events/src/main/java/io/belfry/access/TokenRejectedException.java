package io.belfry.access;

/** A token that names no caller. */
public final class TokenRejectedException extends Exception {

    /** What the door has to tell apart. */
    public enum Reason {
        /** Everything about it is right but {@code exp}. */
        EXPIRED,
        /** Anything else. */
        INVALID,
        /** The keys could not be fetched yet: it may be right. */
        UNAVAILABLE
    }

    private final Reason reason;

    TokenRejectedException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
