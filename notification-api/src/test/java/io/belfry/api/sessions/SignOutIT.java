package io.belfry.api.sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.belfry.api.support.Api;
import io.belfry.api.support.TestSystem;
import io.belfry.api.support.Tokens;
import io.belfry.events.names.RedisKeys;
import io.belfry.kit.servers.TestServers;
import io.lettuce.core.RedisClient;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SignOutIT {

    private final TestSystem system = TestSystem.shared();
    private final long user = TestSystem.newId();
    private final RedisClient client =
            RedisClient.create(TestServers.shared().redis().url());
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
        client.shutdown();
    }

    private String signedOut() {
        try (var connection = client.connect()) {
            return connection.sync().get(RedisKeys.signedOut(user));
        }
    }

    @Test
    void setsTheMomentAndTellsEveryGateway() {
        long before = System.currentTimeMillis();

        assertThat(system.asUser(user)
                        .call("POST", "/api/sessions/sign-out/", BodyPublishers.noBody())
                        .status())
                .isEqualTo(204);

        long at = Long.parseLong(signedOut());
        assertThat(at).isBetween(before - 1000, System.currentTimeMillis() + 1000);
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(heard).containsExactly(user + ":" + at));
        try (var connection = client.connect()) {
            assertThat(connection.sync().pttl(RedisKeys.signedOut(user)))
                    .isGreaterThan(Duration.ofDays(399).toMillis());
        }
    }

    @Test
    void neverGoesBack() {
        long future = System.currentTimeMillis() + 60_000;
        try (var connection = client.connect()) {
            connection.sync().set(RedisKeys.signedOut(user), Long.toString(future));
        }

        system.asUser(user).post("/api/sessions/sign-out/", "{}");

        assertThat(signedOut()).isEqualTo(Long.toString(future));
    }

    @Test
    void othersAreSignedOutByServicesAndAdminsAlone() {
        String body = "{\"user\":" + user + "}";
        Api stranger = system.asUser(TestSystem.newId());

        assertThat(stranger.post("/api/sessions/sign-out/", body).problem()).isEqualTo("forbidden");
        assertThat(signedOut()).isNull();
        assertThat(system.as(Tokens.service("exams"))
                        .post("/api/sessions/sign-out/", body)
                        .status())
                .isEqualTo(204);
        assertThat(signedOut()).isNotNull();
        assertThat(system.as(Tokens.admin(TestSystem.newId()))
                        .post("/api/sessions/sign-out", body)
                        .status())
                .isEqualTo(204);
        assertThat(system.asUser(user).post("/api/sessions/sign-out/", body).status())
                .isEqualTo(204);
    }

    @Test
    void serviceHasToSayWho() {
        assertThat(system.as(Tokens.service("exams"))
                        .post("/api/sessions/sign-out/", "{}")
                        .problem())
                .isEqualTo("invalid_fields");
        assertThat(system.as(Tokens.service("exams"))
                        .post("/api/sessions/sign-out/", "{\"user\":0}")
                        .problem())
                .isEqualTo("invalid_fields");
    }
}
