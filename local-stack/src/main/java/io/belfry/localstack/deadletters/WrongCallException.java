package io.belfry.localstack.deadletters;

/** The command was called wrongly; the message is one line that says what is wrong. */
final class WrongCallException extends RuntimeException {

    WrongCallException(String message) {
        super(message);
    }
}
