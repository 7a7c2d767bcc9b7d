package io.belfry.gateway.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.belfry.events.names.RedisKeys;
import io.belfry.gateway.presence.SessionStore.Opening;
import io.belfry.gateway.presence.SessionStore.Outcome;
import io.belfry.kit.servers.TestServers;
import io.belfry.localstack.RedisServer;
import io.belfry.runtime.redis.RedisAddresses;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The contract on a real Redis, and what only Redis can do: be away, and remember gateways that died. */
class RedisSessionStoreIT extends SessionStoreContract {

    private static final Instant ISSUED = Instant.parse("2026-11-23T10:00:00Z");
    private static RedisServer server;
    private static RedisClient client;
    private static RedisCommands<String, String> redis;

    @BeforeAll
    static void connect() {
        server = TestServers.shared().redis();
        server.start();
        client = RedisClient.create(server.url());
        redis = client.connect().sync();
    }

    @AfterAll
    static void disconnect() {
        client.shutdown();
    }

    @Override
    SessionStore create(String gateway) {
        return store(gateway, server.url());
    }

    private static SessionStore store(String gateway, String url) {
        return new RedisSessionStore(gateway, LIMIT, new GatewayRedis(RedisAddresses.of(List.of(url))));
    }

    @Override
    void signOut(long who, Instant moment) {
        redis.set(RedisKeys.signedOut(who), Long.toString(moment.toEpochMilli()));
        redis.publish(RedisKeys.SIGN_OUTS, who + ":" + moment.toEpochMilli());
    }

    @Override
    List<String> sessions(long who) {
        return redis.zrange(RedisKeys.userSessions(who), 0, -1);
    }

    @Test
    void keepsTheUsersOfEachGateway() {
        a.open(1, ISSUED);
        a.open(2, ISSUED);
        assertThat(redis.smembers(RedisKeys.gatewayUsers(a.name))).containsExactly(Long.toString(user));

        a.store.close(user, 1);
        a.store.close(user, 2);
        await().untilAsserted(() ->
                assertThat(redis.smembers(RedisKeys.gatewayUsers(a.name))).isEmpty());
    }

    @Test
    void leavesNothingBehind() {
        a.open(1, ISSUED);
        a.store.close();

        assertThat(sessions(user)).isEmpty();
        assertThat(redis.exists(RedisKeys.gatewayUsers(a.name))).isZero();
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
                    .isEqualTo(new Opening(Outcome.UNKNOWN, ""));
            assertThat(lonely.isSignedOut(user, ISSUED).toCompletableFuture().join())
                    .isFalse();
            lonely.close(user, 1);
        }
    }
}
