package io.belfry.gateway.presence;

import java.time.Instant;
import java.util.List;

class InMemorySessionStoreTest extends SessionStoreContract {

    private final InMemorySessionStore.Shared shared = new InMemorySessionStore.Shared(LIMIT);

    @Override
    SessionStore create(String gateway) {
        return new InMemorySessionStore(gateway, shared);
    }

    @Override
    void signOut(long who, Instant moment) {
        shared.signOut(who, moment);
    }

    @Override
    List<String> sessions(long who) {
        return shared.names(who);
    }
}
