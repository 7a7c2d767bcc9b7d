package io.belfry.gateway.connection;

import io.belfry.events.NotificationStored.Recipient;
import io.belfry.gateway.protocol.SharedFrame;
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
    private @Nullable Waiting firstWaiting;
    private @Nullable Waiting lastWaiting;

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

    /**
     * Puts a frame behind those that wait.
     *
     * @return whether it is the first
     */
    boolean add(SharedFrame frame, Recipient form) {
        Waiting added = new Waiting(frame, form);
        Waiting before = lastWaiting;
        lastWaiting = added;
        if (before == null) {
            firstWaiting = added;
            return true;
        }
        before.next = added;
        return false;
    }

    /** Whether it takes the first of what waits; if not, nothing waits any more. */
    boolean isReady() {
        boolean ready = firstWaiting != null && outlet.accepts(firstWaiting.frame);
        if (!ready) {
            forget();
        }
        return ready;
    }

    /**
     * Writes what waits, all in one go.
     *
     * @return how many frames
     */
    int leave() {
        int written = 0;
        for (Waiting each = firstWaiting; each != null; each = each.next) {
            written += outlet.write(each.frame, each.form.seq(), each.form.unread()) ? 1 : 0;
        }
        forget();
        outlet.flush();
        return written;
    }

    private void forget() {
        firstWaiting = null;
        lastWaiting = null;
    }

    private static final class Waiting {

        private final SharedFrame frame;
        private final Recipient form;
        private @Nullable Waiting next;

        Waiting(SharedFrame frame, Recipient form) {
            this.frame = frame;
            this.form = form;
        }
    }
}
