package io.belfry.api.sessions;

import java.time.Instant;
import java.util.Optional;

/** Ends of sessions, as every gateway hears them. */
public interface SignOuts {

    /**
     * Closes the user's sockets and ends the tokens issued until now.
     *
     * @throws io.belfry.api.problem.ProblemException 503 without Redis
     */
    void signOut(long user);

    /** When the user last signed out; empty if never, or if it is not known. */
    Optional<Instant> lastOf(long user);
}
