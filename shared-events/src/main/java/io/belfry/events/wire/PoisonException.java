package io.belfry.events.wire;

/** A record that will never be readable; it is set aside whole and its neighbours go on. */
public final class PoisonException extends RuntimeException {

    private final PoisonCode code;

    /** @param detail for operators; names fields, never their values */
    public PoisonException(PoisonCode code, String detail) {
        super(detail);
        this.code = code;
    }

    public PoisonCode code() {
        return code;
    }
}
