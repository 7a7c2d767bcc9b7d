package io.belfry.runtime.redis;

/** Redis did not answer in time, refused, or there is no connection. */
public final class RedisUnavailableException extends Exception {

    RedisUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }

    public RedisUnavailableException(String message) {
        super(message);
    }
}
