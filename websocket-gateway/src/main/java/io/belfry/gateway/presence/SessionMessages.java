package io.belfry.gateway.presence;

import io.belfry.events.names.RedisKeys;
import io.belfry.gateway.presence.SessionStore.Listener;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What comes over the two channels that a gateway listens to. Both kinds are {@code <user>:<number>}. */
final class SessionMessages {

    private static final Logger LOG = LoggerFactory.getLogger(SessionMessages.class);

    private final Listener listener;

    SessionMessages(Listener listener) {
        this.listener = listener;
    }

    /** Asks a session's gateway to close it. */
    static String superseded(long user, long session) {
        return user + ":" + session;
    }

    void accept(String channel, String message) {
        int colon = message.indexOf(':');
        try {
            long user = Long.parseLong(message.substring(0, Math.max(0, colon)));
            long number = Long.parseLong(message.substring(colon + 1));
            if (channel.equals(RedisKeys.SIGN_OUTS)) {
                listener.signedOut(user, Instant.ofEpochMilli(number));
            } else {
                listener.superseded(user, number);
            }
        } catch (NumberFormatException e) {
            LOG.warn("a message on {} is not <user>:<number>", channel);
        }
    }
}
