package io.belfry.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.belfry.events.NotificationStored.Recipient;
import io.belfry.events.RedisKeys;
import io.belfry.gateway.ops.GatewayMetrics;
import io.belfry.gateway.session.SessionStore.Opening;
import io.belfry.gateway.session.SessionStore.Outcome;
import io.belfry.gateway.support.ToldErrors;
import io.belfry.kit.servers.TestServers;
import io.belfry.localstack.RedisServer;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.resource.ClientResources;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
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
        return new RedisSessionStore(gateway, RedisSettings.of(server.url(), LIMIT), metrics());
    }

    private static GatewayMetrics metrics() {
        return new GatewayMetrics(new SimpleMeterRegistry(), Clock.systemUTC());
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
    void keepsNumbersForAQuarterOfAnHour() {
        a.store.inboxesChanged("e1", List.of(new Recipient(user, 18, 3)));
        await().until(() -> redis.exists(RedisKeys.inboxNumbers(user)) == 1);

        assertThat(redis.get(RedisKeys.inboxNumbers(user))).isEqualTo("e1:18:3");
        assertThat(redis.ttl(RedisKeys.inboxNumbers(user))).isBetween(800L, 900L);
    }

    @Test
    void takesNumbersThatItCannotReadForNone() {
        redis.set(RedisKeys.inboxNumbers(user), "e1:18");
        assertThat(a.opening(1, ISSUED)).isEqualTo(new Opening(Outcome.OPENED, null));

        a.store.inboxesChanged("e1", List.of(new Recipient(user, 18, 3)));
        await().until(() -> a.numbers() != null);
    }

    @Test
    void outlivesErrorsAndTellsThem() {
        Queue<Error> errors = new ConcurrentLinkedQueue<>(List.of(
                new NoClassDefFoundError("on purpose"),
                new StackOverflowError("on purpose"),
                new StackOverflowError("on purpose"),
                new OutOfMemoryError("on purpose")));
        RedisSettings settings = RedisSettings.of(server.url(), LIMIT);
        try (ToldErrors told = new ToldErrors(RedisSessionStore.class);
                SessionStore shaken = new RedisSessionStore(
                        "shaken-" + user, settings, metrics(), resources -> failing(errors, settings, resources))) {
            shaken.start(a);

            await().atMost(Duration.ofSeconds(20)).until(() -> {
                Outcome opening = shaken.open(user, 9, ISSUED)
                        .toCompletableFuture()
                        .join()
                        .outcome();
                shaken.close(user, 9);
                return opening == Outcome.OPENED;
            });
            assertThat(errors).isEmpty();
            told.assertTold(NoClassDefFoundError.class, StackOverflowError.class, OutOfMemoryError.class);
        }
    }

    /** A connector that throws these, one at each attempt, before it connects. */
    private static RedisConnector failing(Queue<Error> errors, RedisSettings settings, ClientResources resources) {
        RedisConnector whole = RedisConnector.of(settings, resources);
        return new RedisConnector(whole.client(), whole.commands(), () -> {
            Error error = errors.poll();
            if (error != null) {
                throw error;
            }
            return whole.subscription().get();
        });
    }

    @Test
    void saysSoWhenRedisWasNeverThere() {
        try (SessionStore lonely =
                new RedisSessionStore("lonely", RedisSettings.of("redis://127.0.0.1:1", LIMIT), metrics())) {
            lonely.start(a);
            assertThat(lonely.open(user, 1, ISSUED).toCompletableFuture().join())
                    .isEqualTo(new Opening(Outcome.UNKNOWN, null));
            assertThat(lonely.isSignedOut(user, ISSUED).toCompletableFuture().join())
                    .isFalse();
            lonely.inboxesChanged("e1", List.of(new Recipient(user, 1, 1)));
            lonely.close(user, 1);
        }
    }
}
