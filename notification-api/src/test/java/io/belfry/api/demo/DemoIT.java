package io.belfry.api.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.access.Caller;
import io.belfry.access.TokenSettings;
import io.belfry.access.TokenVerifier;
import io.belfry.api.support.Api;
import io.belfry.api.support.Api.Answer;
import io.belfry.api.support.ApiNode;
import io.belfry.api.support.TestSystem;
import io.belfry.events.names.RedisKeys;
import io.belfry.kit.servers.TestServers;
import io.lettuce.core.RedisClient;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DemoIT {

    private static ApiNode node;

    private final Api visitor = node.as(null);

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

    private Answer refresh(String token) {
        return visitor.post("/api/demo/token/refresh/", "{\"refresh\":\"" + token + "\"}");
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
        Answer signedIn =
                signIn(username).hasFields("access", "refresh", "user").has("user/id", id);

        assertThat(visitor.get("/api/demo/users").text()).contains("\"username\":\"" + username + "\"");
        node.as(signedIn.string("access"))
                .get("/api/me/")
                .has("id", id, "name", name, "roles", username.equals("root") ? List.of("admin") : List.of());
    }

    @Test
    void refreshTokenGivesAccessAndIsNone() {
        Answer signedIn = signIn("ana");

        Answer refreshed = refresh(signedIn.string("refresh")).hasFields("access");

        node.as(refreshed.string("access")).get("/api/me/").is(200);
        node.as(signedIn.string("refresh")).get("/api/me/").is("unauthorized");
        refresh(signedIn.string("access")).is("unauthorized");
    }

    @Test
    void strangersAreRefused() {
        assertThat(signIn("stranger").is("unauthorized").header("WWW-Authenticate"))
                .isEqualTo("Bearer");
        visitor.post("/api/demo/token", "{}").is("invalid_fields");
        refresh("x").is("unauthorized");
    }

    @Test
    void tokenRightAfterASignOutIsYoungerThanIt() throws Exception {
        String old = signIn("chen").string("refresh");
        node.as(signIn("chen").string("access")).post("/api/sessions/sign-out/", "{}");

        String access = signIn("chen").string("access");

        RedisClient client = RedisClient.create(TestServers.shared().redis().url());
        Instant signedOut;
        try (var redis = client.connect()) {
            signedOut = Instant.ofEpochMilli(Long.parseLong(redis.sync().get(RedisKeys.signedOut(6))));
        } finally {
            client.shutdown();
        }
        TokenSettings settings = TokenSettings.fromEnvironment(
                Map.of("BELFRY_JWT_SECRET", TestSystem.SECRET, "BELFRY_JWT_USER_CLAIM", "user_id"));
        try (TokenVerifier verifier = new TokenVerifier(settings, Clock.systemUTC())) {
            Caller caller = verifier.verify(access);
            assertThat(caller.issuedBefore(signedOut)).isFalse();
            assertThat(caller.expiresAt())
                    .isBetween(Instant.now().plusSeconds(890), Instant.now().plusSeconds(902));
        }
        refresh(old).is("unauthorized");
    }

    @Test
    void isNotThereWithoutBeingAskedFor() {
        Api other = TestSystem.shared().anonymous();

        other.post("/api/demo/token", "{\"username\":\"root\"}").is("not_found");
        other.get("/api/demo/users").is("not_found");
        assertThat(node.described()).isEqualTo(node.calls()).contains("post /api/demo/token/");
    }
}
