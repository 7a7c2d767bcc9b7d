package io.belfry.gateway.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.belfry.events.names.RedisKeys;
import io.belfry.gateway.presence.SessionStore.Outcome;
import io.belfry.kit.servers.TestServers;
import io.belfry.localstack.RedisServer;
import io.belfry.runtime.redis.RedisAddresses;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two gateways that share one Redis, which can be away and remembers gateways that died. The limit is 3 sessions. */
class RedisSessionStoreIT {

    private static final int LIMIT = 3;
    private static final Instant ISSUED = Instant.parse("2026-11-23T10:00:00Z");

    private static RedisServer server;

    @AutoClose("shutdown")
    private static RedisClient client;

    private static RedisCommands<String, String> redis;

    private final long user = ThreadLocalRandom.current().nextLong(1, 1L << 52);
    private final Gateway a = new Gateway("gateway-a-" + user);
    private final Gateway b = new Gateway("gateway-b-" + user);

    /** A store and what it told. */
    private final class Gateway implements SessionStore.Listener {
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
            return store.open(user, session, issuedAt).toCompletableFuture().join();
        }

        String session(long number) {
            return SessionName.of(name, number);
        }
    }

    @BeforeAll
    static void connect() {
        server = TestServers.shared().redis();
        server.start();
        client = RedisClient.create(server.url());
        redis = client.connect().sync();
    }

    private static SessionStore store(String gateway, String url) {
        return new RedisSessionStore(gateway, LIMIT, new GatewayRedis(RedisAddresses.of(List.of(url))));
    }

    /** As the api does it. */
    static void signOut(RedisCommands<String, String> redis, long who, Instant moment) {
        redis.set(RedisKeys.signedOut(who), Long.toString(moment.toEpochMilli()));
        redis.publish(RedisKeys.SIGN_OUTS, who + ":" + moment.toEpochMilli());
    }

    /** The user's sessions, oldest first, as the api sees them. */
    private List<String> sessions(long who) {
        return redis.zrange(RedisKeys.userSessions(who), 0, -1);
    }

    @BeforeEach
    void start() {
        for (Gateway gateway : List.of(a, b)) {
            gateway.store = store(gateway.name, server.url());
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
    void erasesAUserOnEveryGateway() {
        a.open(1, ISSUED);
        b.open(1, ISSUED);

        a.store.erase(user);

        await().atMost(Duration.ofSeconds(20))
                .until(() ->
                        Stream.of(a, b).allMatch(each -> each.heard.toString().contains("signed out " + user)));
        assertThat(sessions(user)).isEmpty();
        assertThat(a.open(2, Instant.now().minusSeconds(2))).isEqualTo(Outcome.SIGNED_OUT);
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
    void tellsEveryGatewayOfASignOutAndRefusesTokensOfBefore() {
        Instant moment = ISSUED.plusMillis(500);
        signOut(redis, user, moment);
        await().until(() -> Stream.of(a, b).allMatch(each -> each.heard.contains("signed out " + user + " " + moment)));

        assertThat(a.open(1, ISSUED)).isEqualTo(Outcome.SIGNED_OUT);
        assertThat(a.open(2, null)).isEqualTo(Outcome.SIGNED_OUT);
        assertThat(a.open(3, moment)).isEqualTo(Outcome.OPENED);
        assertThat(a.store.isSignedOut(user, ISSUED).toCompletableFuture().join())
                .isTrue();
        assertThat(a.store.isSignedOut(user, moment).toCompletableFuture().join())
                .isFalse();
        await().untilAsserted(() -> assertThat(sessions(user)).containsExactly(a.session(3)));
    }

    /** Sessions are ordered by Redis's clock in milliseconds. */
    private static void nextMillisecond() {
        long now = System.currentTimeMillis();
        await().pollInterval(Duration.ofMillis(1)).until(() -> System.currentTimeMillis() > now + 1);
    }

    @Test
    void listsItsUsersAndLeavesNothingBehind() {
        String users = RedisKeys.gatewayUsers(a.name);
        a.open(1, ISSUED);
        a.open(2, ISSUED);
        b.open(1, ISSUED);
        assertThat(redis.smembers(users)).containsExactly(Long.toString(user));

        a.store.close(user, 1);
        a.store.close(user, 2);
        await().until(() -> redis.smembers(users).isEmpty());

        a.open(3, ISSUED);
        a.store.close();
        assertThat(sessions(user)).containsExactly(b.session(1));
        assertThat(redis.exists(users)).isZero();
        assertThat(redis.zscore(RedisKeys.GATEWAYS, a.name)).isNull();
        assertThat(redis.zscore(RedisKeys.GATEWAYS, b.name)).isNotNull();
    }

    /** For sign-outs: the issuer's clock may be fast. */
    @Test
    void notesTheNewestTokenUntilItsSecondIsPast() {
        Instant fast = Instant.now().plusSeconds(45);
        String key = RedisKeys.newestToken(user);

        a.open(1, ISSUED);
        a.open(2, Instant.now().plusSeconds(3_600));
        assertThat(redis.exists(key)).isZero();
        a.open(3, fast.minusSeconds(30));
        assertThat(redis.get(key)).isEqualTo(Long.toString(fast.minusSeconds(30).toEpochMilli()));
        a.store.isSignedOut(user, fast).toCompletableFuture().join();
        b.open(4, fast.minusSeconds(20));

        assertThat(redis.get(key)).isEqualTo(Long.toString(fast.toEpochMilli()));
        assertThat(redis.pttl(key)).isBetween(30_000L, 47_000L);
    }

    @Test
    void clearsAwayWhatADeadGatewayLeft() {
        String dead = "gateway-dead-" + user;
        redis.zadd(RedisKeys.GATEWAYS, 1_000, dead);
        redis.sadd(RedisKeys.gatewayUsers(dead), Long.toString(user));
        redis.zadd(RedisKeys.userSessions(user), 1_000, SessionName.of(dead, 5));
        a.open(1, ISSUED);

        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            assertThat(sessions(user)).containsExactly(a.session(1));
            assertThat(redis.zscore(RedisKeys.GATEWAYS, dead)).isNull();
            assertThat(redis.exists(RedisKeys.gatewayUsers(dead))).isZero();
        });
    }

    @Test
    void writesItsSessionsAgainWhenOthersTookItForDead() {
        a.open(1, ISSUED);
        redis.del(RedisKeys.userSessions(user), RedisKeys.gatewayUsers(a.name));
        redis.zrem(RedisKeys.GATEWAYS, a.name);

        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            assertThat(sessions(user)).containsExactly(a.session(1));
            assertThat(redis.smembers(RedisKeys.gatewayUsers(a.name))).containsExactly(Long.toString(user));
        });
    }

    @Test
    void saysSoWhenRedisWasNeverThere() {
        try (SessionStore lonely = store("lonely", "redis://127.0.0.1:1")) {
            lonely.start(a);
            assertThat(lonely.open(user, 1, ISSUED).toCompletableFuture().join())
                    .isEqualTo(Outcome.UNKNOWN);
            assertThat(lonely.isSignedOut(user, ISSUED).toCompletableFuture().join())
                    .isFalse();
            lonely.close(user, 1);
        }
    }
}
