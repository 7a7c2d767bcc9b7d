package io.belfry.gateway.presence;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * {@link SessionStore} of gateways in one process: the plainest form of what the one in Redis does, and held to the same
 * contract.
 */
public final class InMemorySessionStore implements SessionStore {

    /** What gateways share. */
    public static final class Shared {
        private final Map<Long, List<Session>> sessions = new HashMap<>();
        private final Map<Long, Instant> signedOut = new HashMap<>();
        private final Map<Long, String> hints = new HashMap<>();
        private final List<InMemorySessionStore> gateways = new ArrayList<>();
        private final int limit;

        public Shared(int limit) {
            this.limit = limit;
        }

        /** As the api does it. */
        public synchronized void signOut(long user, Instant moment) {
            signedOut.put(user, moment);
            gateways.forEach(gateway -> gateway.listener.signedOut(user, moment));
        }

        /** What is found beside the user's sessions. */
        public synchronized void hint(long user, String text) {
            hints.put(user, text);
        }

        public synchronized List<String> names(long user) {
            return sessions.getOrDefault(user, List.of()).stream()
                    .map(session -> SessionName.of(session.gateway.gateway, session.number))
                    .toList();
        }
    }

    private record Session(InMemorySessionStore gateway, long number) {}

    private final String gateway;
    private final Shared shared;

    private Listener listener = new Listener() {
        @Override
        public void signedOut(long user, Instant moment) {}

        @Override
        public void superseded(long user, long session) {}
    };

    public InMemorySessionStore(String gateway, Shared shared) {
        this.gateway = gateway;
        this.shared = shared;
    }

    @Override
    public void start(Listener listener) {
        synchronized (shared) {
            this.listener = listener;
            shared.gateways.add(this);
        }
    }

    @Override
    public CompletionStage<Opening> open(long user, long session, @Nullable Instant issuedAt) {
        synchronized (shared) {
            if (signedOut(user, issuedAt)) {
                return CompletableFuture.completedFuture(new Opening(Outcome.SIGNED_OUT, ""));
            }
            List<Session> all = shared.sessions.computeIfAbsent(user, id -> new ArrayList<>());
            all.add(new Session(this, session));
            while (all.size() > shared.limit) {
                Session oldest = all.remove(0);
                oldest.gateway.listener.superseded(user, oldest.number);
            }
            return CompletableFuture.completedFuture(new Opening(Outcome.OPENED, shared.hints.getOrDefault(user, "")));
        }
    }

    @Override
    public void close(long user, long session) {
        synchronized (shared) {
            shared.sessions.getOrDefault(user, new ArrayList<>()).remove(new Session(this, session));
        }
    }

    @Override
    public CompletionStage<Boolean> isSignedOut(long user, @Nullable Instant issuedAt) {
        synchronized (shared) {
            return CompletableFuture.completedFuture(signedOut(user, issuedAt));
        }
    }

    private boolean signedOut(long user, @Nullable Instant issuedAt) {
        Instant moment = shared.signedOut.get(user);
        return moment != null && (issuedAt == null || issuedAt.isBefore(moment));
    }

    @Override
    public void close() {
        synchronized (shared) {
            shared.gateways.remove(this);
            shared.sessions.values().forEach(all -> all.removeIf(session -> session.gateway == this));
        }
    }
}
