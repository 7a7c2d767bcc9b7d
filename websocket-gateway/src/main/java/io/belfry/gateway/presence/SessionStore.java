package io.belfry.gateway.presence;

import java.time.Instant;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of this gateway, as all gateways and the api see them. Safe for use by many threads; nothing here blocks
 * or fails: a store that cannot answer says so with {@link Outcome#UNKNOWN}.
 */
public interface SessionStore extends AutoCloseable {

    /** What came of opening a session. */
    enum Outcome {
        /** It counts. */
        OPENED,
        /** Its user has signed out since the token was issued; it does not count. */
        SIGNED_OUT,
        /** The store cannot tell now; the session is written, and its token looked at again, when it can. */
        UNKNOWN
    }

    /** Hears of what others did, on a thread of the store's. */
    interface Listener {

        /** All the user's sessions with tokens issued before that moment end. */
        void signedOut(long user, Instant moment);

        /** This session of this gateway has made room for newer ones of its user. */
        void superseded(long user, long session);
    }

    /** Begins to talk to the outside; once. */
    void start(Listener listener);

    /**
     * Adds a session. When that makes one too many for its user, the oldest of them, wherever it is, is superseded.
     *
     * @param session unique on this gateway
     * @param issuedAt of its token; null = not told
     */
    CompletionStage<Outcome> open(long user, long session, @Nullable Instant issuedAt);

    /** Removes a session; one that is not there is ignored. */
    void close(long user, long session);

    /**
     * Signs out a user of whom nothing is to be kept; a few seconds later, and as often as needed.
     */
    void erase(long user);

    /** Whether the user has signed out since a token was issued; false when the store cannot tell. */
    CompletionStage<Boolean> isSignedOut(long user, @Nullable Instant issuedAt);

    /** Removes all sessions of this gateway, waiting a little for that, and ends. */
    @Override
    void close();
}
