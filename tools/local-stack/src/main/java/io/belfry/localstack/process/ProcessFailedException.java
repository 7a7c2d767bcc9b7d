package io.belfry.localstack.process;

import org.jspecify.annotations.Nullable;

/** A process that did not come up, or a step that it needs failed. The message is one line made for people. */
public final class ProcessFailedException extends RuntimeException {

    public ProcessFailedException(String message) {
        super(message);
    }

    public ProcessFailedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
