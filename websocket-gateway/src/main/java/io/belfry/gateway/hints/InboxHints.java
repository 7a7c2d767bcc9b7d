package io.belfry.gateway.hints;

import io.belfry.events.NotificationStored.Recipient;
import io.belfry.gateway.protocol.ServerFrame.InboxHint;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What {@code welcome} says of an inbox: {@code seq}, {@code unread}, {@code epoch} of its last change that this gateway
 * heard of, for some 15 minutes. Maybe lower than the truth. Safe for use by many threads; nothing here blocks or fails.
 *
 * <p>It is kept in this process alone, since every gateway hears of every change of its shard's inboxes:
 * docs/decisions/gateway.md.
 */
public final class InboxHints {

    /** Users at most, of some 100 bytes each. */
    private static final int MOST = 200_000;

    /** Of each half: what is older is forgotten with the older half. */
    private static final Duration HALF = Duration.ofSeconds(450);

    private final int most;
    private volatile @Nullable Known known;

    /** Of one history; the newer half is written to, the older one is only read. */
    private record Known(String epoch, Map<Long, Recipient> newer, Map<Long, Recipient> older, long since) {

        boolean isFull(int most) {
            return newer.size() >= most / 2 || System.nanoTime() - since > HALF.toNanos();
        }
    }

    public InboxHints() {
        this(MOST);
    }

    InboxHints(int most) {
        this.most = most;
    }

    /**
     * These inboxes have changed, and from now on hints are of this epoch. A {@code seq} that is lower than what is known in
     * its epoch changes nothing.
     */
    public void changed(String epoch, List<Recipient> recipients) {
        Map<Long, Recipient> hints = of(epoch).newer();
        for (Recipient recipient : recipients) {
            hints.merge(recipient.user(), recipient, (before, now) -> now.seq() > before.seq() ? now : before);
        }
    }

    private synchronized Known of(String epoch) {
        Known now = known;
        if (now == null || !now.epoch().equals(epoch)) {
            now = new Known(epoch, new ConcurrentHashMap<>(), new ConcurrentHashMap<>(), System.nanoTime());
        } else if (now.isFull(most)) {
            now = new Known(epoch, new ConcurrentHashMap<>(), now.newer(), System.nanoTime());
        }
        known = now;
        return now;
    }

    /** @return null if no change of the user's inbox was heard of lately */
    public @Nullable InboxHint of(long user) {
        Known now = known;
        if (now == null) {
            return null;
        }
        Recipient newer = now.newer().get(user);
        Recipient older = now.older().get(user);
        Recipient last = newer == null || (older != null && older.seq() > newer.seq()) ? older : newer;
        return last == null ? null : new InboxHint(last.seq(), last.unread(), now.epoch());
    }

    /** Forgets a user. */
    public void erase(long user) {
        Known now = known;
        if (now != null) {
            now.newer().remove(user);
            now.older().remove(user);
        }
    }
}
