package io.belfry.api.sessions;

/** Redis did not answer in time, or there is no connection. */
final class RedisUnavailableException extends Exception {

    private static final long serialVersionUID = 1;

    RedisUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }

    RedisUnavailableException(String message) {
        super(message);
    }
}
