package io.belfry.admin;

/** A command cannot be done, or not to its end. The message is one line made for people. */
public final class CommandFailedException extends RuntimeException {

    public CommandFailedException(String message) {
        super(message);
    }

    public CommandFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
