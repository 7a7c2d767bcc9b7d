package io.belfry.gateway.protocol;

/** A text that is no frame at all: not a JSON object with a text {@code type}. The socket is closed for it. */
public final class BadFrameException extends Exception {

    /** Without a stack trace: a client decides how many of these there are. */
    BadFrameException(String message) {
        super(message, null, false, false);
    }
}
