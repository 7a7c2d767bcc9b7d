package io.belfry.api.courses;

import static io.belfry.api.support.TestSystem.TOKENS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.belfry.api.support.Api;
import io.belfry.api.support.Api.Answer;
import io.belfry.api.support.ApiNode;
import io.belfry.api.support.TestDatabase;
import io.belfry.api.support.TestSystem;
import io.belfry.events.names.RedisKeys;
import io.belfry.events.names.UserShard;
import io.belfry.kit.servers.TestServers;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CoursesIT {

    private final TestSystem system = TestSystem.shared();
    private final TestDatabase database = system.database();
    private final long course = TestSystem.newId();
    private final long instructor = TestSystem.newId();
    private final long student = TestSystem.newId();
    private final long classmate = TestSystem.newId();
    private final String path = "/api/courses/" + course + "/";

    private final RedisClient client =
            RedisClient.create(TestServers.shared().redis().url());
    private final StatefulRedisConnection<String, String> redis = client.connect();

    @BeforeEach
    void enrol() {
        database.course(course, instructor, student, classmate);
    }

    @AfterEach
    void disconnect() {
        redis.sync().del(RedisKeys.GATEWAYS);
        redis.close();
        client.shutdown();
    }

    /** As a gateway that has these users and gave its last sign so long ago. */
    private void gateway(String id, long millisAgo, long... users) {
        long now = Long.parseLong(redis.sync().time().get(0)) * 1000;
        redis.sync().zadd(RedisKeys.GATEWAYS, now - millisAgo, id);
        for (long user : users) {
            redis.sync().sadd(RedisKeys.gatewayUsers(id), Long.toString(user));
        }
    }

    @Test
    void membersSeeTheirCoursesAndOthersDoNot() {
        system.asUser(student)
                .get("/api/courses/")
                .has("count", 1, "results/0/role", "student", "results/0/students", 2, "results/0/online", null);
        Api stranger = system.asUser(TestSystem.newId());
        stranger.get("/api/courses/").has("count", 0);
        assertThat(stranger.get(path).text())
                .isEqualTo(stranger.get("/api/courses/9007199254740991/").text());
        system.service("exams").get(path).is("not_found");
    }

    @Test
    void adminsSeeAllPageByPage() {
        long other = TestSystem.newId();
        database.course(other, instructor);
        Api admin = system.admin();

        Answer page = admin.get("/api/courses/?page_size=1");
        int seen = 1;
        while (!page.at("next").isNull()) {
            long last = page.number("results/0/id");
            page = admin.get(page.string("next"));
            assertThat(page.number("results/0/id")).isGreaterThan(last);
            seen++;
        }

        assertThat(seen).isGreaterThanOrEqualTo(2);
        page.has("count", seen);
        admin.get("/api/courses/" + other).has("role", null);
    }

    @Test
    void instructorsSeeWhoIsOnlineOnLivingGateways() {
        Api caller = system.asUser(instructor);
        caller.get(path).has("online", 0);
        gateway("living-a", 0, student);
        gateway("living-b", 29_000, student, instructor, TestSystem.newId());
        gateway("gone", 31_000, classmate);

        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> caller.get(path).has("online", 1));
        gateway("living-a", 0, classmate);
        caller.get(path).has("online", 2);
        caller.get("/api/courses/").has("results/0/online", 2);
        system.admin().get(path).has("online", 2);
        system.asUser(student).get(path).has("online", null);
    }

    @Test
    void meIsWhomTheTokenNames() {
        database.person(student, "Ana Lima");

        system.asUser(student)
                .get("/api/me/")
                .has("id", student, "name", "Ana Lima")
                .has("websocket_url", "ws://127.0.0.1:8090/ws/notifications/");
        system.as(TOKENS.of(student)
                        .claim("name", "Ana L.")
                        .claim("roles", List.of("admin", "wizard"))
                        .write())
                .get("/api/me/")
                .has("name", "Ana L.", "roles", List.of("admin"));
        system.service("exams").get("/api/me/").has("id", null, "roles", List.of("service"));
    }

    @Test
    void eachIsSentToTheGatewaysOfTheirShard() {
        Map<String, String> environment = system.environment();
        environment.put("BELFRY_GATEWAY_SHARDS", "3");
        environment.put("BELFRY_PUBLIC_WS_URL", "wss://live{shard}.example.org/ws/notifications/");
        try (ApiNode node = ApiNode.start(environment)) {
            for (long user = 1; user <= 12; user++) {
                node.as(TOKENS.user(user))
                        .get("/api/me/")
                        .has("websocket_url", "wss://live" + UserShard.of(user, 3) + ".example.org/ws/notifications/");
            }
            node.as(TOKENS.service("exams"))
                    .get("/api/me/")
                    .has("websocket_url", "wss://live0.example.org/ws/notifications/");
            assertThat(node.as(null).get("/", "Accept", "text/html").header("Content-Security-Policy"))
                    .contains(
                            "connect-src 'self' wss://live0.example.org wss://live1.example.org wss://live2.example.org;");
        }
    }
}
