package io.belfry.api.sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.belfry.api.support.TestSystem;
import io.belfry.events.names.RedisKeys;
import io.belfry.kit.servers.TestServers;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SignOutIT {

    private static final String SIGN_OUT = "/api/sessions/sign-out/";

    private final TestSystem system = TestSystem.shared();
    private final long user = TestSystem.newId();
    private final String body = "{\"user\":" + user + "}";
    private final RedisClient client =
            RedisClient.create(TestServers.shared().redis().url());
    private final StatefulRedisConnection<String, String> redis = client.connect();
    private final List<String> heard = new CopyOnWriteArrayList<>();

    private final StatefulRedisPubSubConnection<String, String> gateway = client.connectPubSub();

    SignOutIT() {
        gateway.addListener(new RedisPubSubAdapter<>() {
            @Override
            public void message(String channel, String message) {
                heard.add(message);
            }
        });
        gateway.sync().subscribe(RedisKeys.SIGN_OUTS);
    }

    @AfterEach
    void disconnect() {
        gateway.close();
        redis.close();
        client.shutdown();
    }

    private String signedOut() {
        return redis.sync().get(RedisKeys.signedOut(user));
    }

    @Test
    void setsTheMomentAndTellsEveryGateway() {
        long before = System.currentTimeMillis();

        system.asUser(user).call("POST", SIGN_OUT).is(204);

        long at = Long.parseLong(signedOut());
        assertThat(at).isBetween(before - 1000, System.currentTimeMillis() + 1000);
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(heard).containsExactly(user + ":" + at));
        assertThat(redis.sync().pttl(RedisKeys.signedOut(user)))
                .isGreaterThan(Duration.ofDays(399).toMillis());
    }

    @Test
    void neverGoesBack() {
        String future = Long.toString(System.currentTimeMillis() + 60_000);
        redis.sync().set(RedisKeys.signedOut(user), future);

        system.asUser(user).post(SIGN_OUT, "{}");

        assertThat(signedOut()).isEqualTo(future);
    }

    @Test
    void othersAreSignedOutByServicesAndAdminsAlone() {
        system.asUser(TestSystem.newId()).post(SIGN_OUT, body).is("forbidden");
        assertThat(signedOut()).isNull();

        system.service("exams").post(SIGN_OUT, body).is(204);
        assertThat(signedOut()).isNotNull();
        system.admin().post(SIGN_OUT, body).is(204);
        system.asUser(user).post(SIGN_OUT, body).is(204);
    }

    @Test
    void serviceHasToSayWho() {
        system.service("exams").post(SIGN_OUT, "{}").is("invalid_fields");
        system.service("exams").post(SIGN_OUT, "{\"user\":0}").is("invalid_fields");
    }
}
