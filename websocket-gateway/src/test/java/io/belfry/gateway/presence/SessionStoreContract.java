package io.belfry.gateway.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.belfry.gateway.presence.SessionStore.Opening;
import io.belfry.gateway.presence.SessionStore.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link SessionStore} does, tried with two gateways that share one. The limit is 3 sessions. */
abstract class SessionStoreContract {

    static final int LIMIT = 3;
    private static final Instant ISSUED = Instant.parse("2026-11-23T10:00:00Z");

    final long user = ThreadLocalRandom.current().nextLong(1, 1L << 52);
    final Gateway a = new Gateway("gateway-a-" + user);
    final Gateway b = new Gateway("gateway-b-" + user);

    /** A store and what it told. */
    final class Gateway implements SessionStore.Listener {
        final String name;
        final Queue<String> heard = new ConcurrentLinkedQueue<>();

        @Nullable
        SessionStore store;

        Gateway(String name) {
            this.name = name;
        }

        @Override
        public void signedOut(long who, Instant moment) {
            heard.add("signed out " + who + " " + moment);
        }

        @Override
        public void superseded(long who, long session) {
            heard.add("superseded " + who + " " + session);
        }

        Outcome open(long session, @Nullable Instant issuedAt) {
            return opening(session, issuedAt).outcome();
        }

        Opening opening(long session, @Nullable Instant issuedAt) {
            return store.open(user, session, issuedAt).toCompletableFuture().join();
        }

        String session(long number) {
            return SessionName.of(name, number);
        }
    }

    abstract SessionStore create(String gateway);

    /** As the api does it. */
    abstract void signOut(long who, Instant moment);

    /** The user's sessions, oldest first, as the api sees them. */
    abstract List<String> sessions(long who);

    @BeforeEach
    void start() {
        for (Gateway gateway : List.of(a, b)) {
            gateway.store = create(gateway.name);
            gateway.store.start(gateway);
            await().atMost(Duration.ofSeconds(10)).until(() -> {
                Outcome opening = gateway.open(-1, ISSUED);
                gateway.store.close(user, -1);
                return opening == Outcome.OPENED;
            });
        }
        await().until(() -> sessions(user).isEmpty());
    }

    @AfterEach
    void stop() {
        a.store.close();
        b.store.close();
    }

    @Test
    void countsOverAllGateways() {
        assertThat(a.open(1, ISSUED)).isEqualTo(Outcome.OPENED);
        assertThat(b.open(1, ISSUED)).isEqualTo(Outcome.OPENED);

        assertThat(sessions(user)).containsExactlyInAnyOrder(a.session(1), b.session(1));
    }

    @Test
    void letsTheNewestInAndSupersedesTheOldestWhereverItIs() {
        a.open(1, ISSUED);
        await().until(() -> sessions(user).size() == 1);
        nextMillisecond();
        b.open(1, ISSUED);
        nextMillisecond();
        a.open(2, ISSUED);
        nextMillisecond();

        assertThat(b.open(2, ISSUED)).isEqualTo(Outcome.OPENED);
        await().until(() -> a.heard.contains("superseded " + user + " 1"));
        nextMillisecond();
        assertThat(a.open(3, ISSUED)).isEqualTo(Outcome.OPENED);
        await().until(() -> b.heard.contains("superseded " + user + " 1"));

        assertThat(sessions(user)).containsExactly(a.session(2), b.session(2), a.session(3));
        assertThat(a.heard).hasSize(1);
        assertThat(b.heard).hasSize(1);
    }

    @Test
    void forgetsAClosedSessionAndNoOther() {
        a.open(1, ISSUED);
        a.open(2, ISSUED);
        b.open(1, ISSUED);

        a.store.close(user, 1);
        a.store.close(user, 7);

        await().untilAsserted(() -> assertThat(sessions(user)).containsExactlyInAnyOrder(a.session(2), b.session(1)));
    }

    @Test
    void refusesTokensOfBeforeASignOut() {
        Instant moment = ISSUED.plusMillis(500);
        signOut(user, moment);

        assertThat(a.open(1, ISSUED)).isEqualTo(Outcome.SIGNED_OUT);
        assertThat(a.open(2, null)).isEqualTo(Outcome.SIGNED_OUT);
        assertThat(a.open(3, moment)).isEqualTo(Outcome.OPENED);
        assertThat(a.store.isSignedOut(user, ISSUED).toCompletableFuture().join())
                .isTrue();
        assertThat(a.store.isSignedOut(user, moment).toCompletableFuture().join())
                .isFalse();
        await().untilAsserted(() -> assertThat(sessions(user)).containsExactly(a.session(3)));
    }

    @Test
    void tellsEveryGatewayOfASignOut() {
        Instant moment = ISSUED.plusMillis(123);
        signOut(user, moment);

        await().untilAsserted(() -> {
            assertThat(a.heard).contains("signed out " + user + " " + moment);
            assertThat(b.heard).contains("signed out " + user + " " + moment);
        });
    }

    @Test
    void takesAllItsSessionsAlongWhenItEnds() {
        a.open(1, ISSUED);
        a.open(2, ISSUED);
        b.open(1, ISSUED);

        a.store.close();

        assertThat(sessions(user)).containsExactly(b.session(1));
    }

    /** Sessions are ordered by Redis's clock in milliseconds. */
    private static void nextMillisecond() {
        long now = System.currentTimeMillis();
        await().pollInterval(Duration.ofMillis(1)).until(() -> System.currentTimeMillis() > now + 1);
    }
}
