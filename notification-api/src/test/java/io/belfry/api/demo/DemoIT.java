package io.belfry.api.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.access.Caller;
import io.belfry.access.TokenSettings;
import io.belfry.access.TokenVerifier;
import io.belfry.api.support.Api;
import io.belfry.api.support.Api.Answer;
import io.belfry.api.support.ApiNode;
import io.belfry.api.support.TestSystem;
import io.belfry.api.support.Tokens;
import io.belfry.events.names.RedisKeys;
import io.belfry.kit.servers.TestServers;
import io.lettuce.core.RedisClient;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DemoIT {

    private static ApiNode node;

    private final Api visitor = Api.anonymous(node.url());

    @BeforeAll
    static void start() {
        Map<String, String> environment = TestSystem.shared().environment();
        environment.put("BELFRY_DEMO", "true");
        environment.put("BELFRY_JWT_ISSUER", "belfry-demo");
        environment.put("BELFRY_JWT_AUDIENCE", "belfry");
        environment.put("BELFRY_JWT_USER_CLAIM", "user_id");
        node = ApiNode.start(environment);
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private Answer signIn(String username) {
        return visitor.post("/api/demo/token", "{\"username\":\"" + username + "\"}");
    }

    @ParameterizedTest
    @CsvSource({
        "root,1,Root",
        "ines,2,Ines Costa",
        "omar,3,Omar Diallo",
        "ana,4,Ana Lima",
        "bruno,5,Bruno Silva",
        "chen,6,Chen Wei"
    })
    void signsInWhomItLists(String username, long id, String name) {
        Answer signedIn = signIn(username);

        assertThat(signedIn.json().propertyNames()).containsExactlyInAnyOrder("access", "refresh", "user");
        assertThat(signedIn.at("user/id").longValue()).isEqualTo(id);
        assertThat(visitor.get("/api/demo/users").text()).contains("\"username\":\"" + username + "\"");
        var me = Api.of(node.url(), signedIn.at("access").stringValue())
                .get("/api/me/")
                .json();
        assertThat(me.path("id").longValue()).isEqualTo(id);
        assertThat(me.path("name").stringValue()).isEqualTo(name);
        assertThat(me.path("roles").size()).isEqualTo(username.equals("root") ? 1 : 0);
        assertThat(me.path("websocket_url").stringValue()).isEqualTo("ws://127.0.0.1:8090/ws/notifications/");
    }

    @Test
    void refreshTokenGivesAccessAndIsNone() {
        Answer signedIn = signIn("ana");
        String refresh = signedIn.at("refresh").stringValue();

        Answer refreshed = visitor.post("/api/demo/token/refresh/", "{\"refresh\":\"" + refresh + "\"}");

        assertThat(refreshed.json().propertyNames()).containsExactly("access");
        assertThat(Api.of(node.url(), refreshed.at("access").stringValue())
                        .get("/api/me/")
                        .status())
                .isEqualTo(200);
        assertThat(Api.of(node.url(), refresh).get("/api/me/").problem()).isEqualTo("unauthorized");
        String access = signedIn.at("access").stringValue();
        assertThat(visitor.post("/api/demo/token/refresh", "{\"refresh\":\"" + access + "\"}")
                        .problem())
                .isEqualTo("unauthorized");
    }

    @Test
    void strangersAreRefused() {
        assertThat(signIn("nobody").problem()).isEqualTo("unauthorized");
        assertThat(signIn("nobody").header("WWW-Authenticate")).isEqualTo("Bearer");
        assertThat(visitor.post("/api/demo/token", "{}").problem()).isEqualTo("invalid_fields");
        assertThat(visitor.post("/api/demo/token/refresh", "{\"refresh\":\"x\"}")
                        .problem())
                .isEqualTo("unauthorized");
    }

    @Test
    void tokenRightAfterASignOutIsYoungerThanIt() throws Exception {
        String old = signIn("chen").at("refresh").stringValue();
        Api.of(node.url(), signIn("chen").at("access").stringValue()).post("/api/sessions/sign-out/", "{}");

        String access = signIn("chen").at("access").stringValue();

        RedisClient client = RedisClient.create(TestServers.shared().redis().url());
        Instant signedOut;
        try (var redis = client.connect()) {
            signedOut = Instant.ofEpochMilli(Long.parseLong(redis.sync().get(RedisKeys.signedOut(6))));
        } finally {
            client.shutdown();
        }
        TokenSettings settings = TokenSettings.fromEnvironment(
                Map.of("BELFRY_JWT_SECRET", Tokens.SECRET, "BELFRY_JWT_USER_CLAIM", "user_id"));
        try (TokenVerifier verifier = new TokenVerifier(settings, Clock.systemUTC())) {
            Caller caller = verifier.verify(access);
            assertThat(caller.issuedBefore(signedOut)).isFalse();
            assertThat(caller.expiresAt())
                    .isBetween(Instant.now().plusSeconds(890), Instant.now().plusSeconds(902));
        }
        assertThat(visitor.post("/api/demo/token/refresh", "{\"refresh\":\"" + old + "\"}")
                        .problem())
                .isEqualTo("unauthorized");
    }

    @Test
    void isNotThereWithoutBeingAskedFor() {
        Api other = TestSystem.shared().anonymous();

        assertThat(other.post("/api/demo/token", "{\"username\":\"root\"}").problem())
                .isEqualTo("not_found");
        assertThat(other.get("/api/demo/users").problem()).isEqualTo("not_found");
    }
}
