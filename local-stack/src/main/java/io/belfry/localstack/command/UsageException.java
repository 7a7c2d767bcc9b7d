package io.belfry.localstack.command;

/** The command was called wrongly; the message says how it is called. */
final class UsageException extends RuntimeException {

    UsageException(String message) {
        super(message);
    }
}
