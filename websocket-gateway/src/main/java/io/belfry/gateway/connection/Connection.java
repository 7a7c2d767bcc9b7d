package io.belfry.gateway.connection;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One authenticated socket. Used on its event loop only. */
public final class Connection {

    /** An {@code iat} that a token does not have: older than any moment. */
    private static final long NEVER = Long.MIN_VALUE;

    private final long user;
    private final long session;
    private final Outlet outlet;
    private long issuedAt;
    private boolean unflushed;

    /**
     * @param session unique on this gateway
     * @param issuedAt of the token; null = not told
     */
    public Connection(long user, long session, @Nullable Instant issuedAt, Outlet outlet) {
        this.user = user;
        this.session = session;
        this.outlet = outlet;
        this.issuedAt = millis(issuedAt);
    }

    private static long millis(@Nullable Instant issuedAt) {
        return issuedAt == null ? NEVER : issuedAt.toEpochMilli();
    }

    public long user() {
        return user;
    }

    public long session() {
        return session;
    }

    public Outlet outlet() {
        return outlet;
    }

    /** A newer token took the place of the first. */
    public void renew(@Nullable Instant newIssuedAt) {
        issuedAt = millis(newIssuedAt);
    }

    /** Whether a sign-out at this moment ends the connection. */
    public boolean issuedBefore(Instant signOut) {
        return issuedAt < signOut.toEpochMilli();
    }

    /** Notes that something was written; true if nothing else waits for the same flush. */
    boolean markUnflushed() {
        boolean first = !unflushed;
        unflushed = true;
        return first;
    }

    void flush() {
        unflushed = false;
        outlet.flush();
    }
}
