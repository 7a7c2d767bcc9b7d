package io.belfry.api.courses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.belfry.api.support.Api;
import io.belfry.api.support.Api.Answer;
import io.belfry.api.support.TestDatabase;
import io.belfry.api.support.TestSystem;
import io.belfry.api.support.Tokens;
import io.belfry.events.names.RedisKeys;
import io.belfry.kit.servers.TestServers;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class CoursesIT {

    private final TestSystem system = TestSystem.shared();
    private final TestDatabase database = system.database();
    private final long course = TestSystem.newId();
    private final long instructor = TestSystem.newId();
    private final long student = TestSystem.newId();
    private final long classmate = TestSystem.newId();

    private final RedisClient client =
            RedisClient.create(TestServers.shared().redis().url());
    private final StatefulRedisConnection<String, String> redis = client.connect();

    @BeforeEach
    void enrol() {
        database.course(course, "Algebra");
        database.member(course, instructor, "instructor");
        database.member(course, student, "student");
        database.member(course, classmate, "student");
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
        JsonNode page = system.asUser(student).get("/api/courses/").json();

        assertThat(page.path("count").intValue()).isEqualTo(1);
        JsonNode row = page.path("results").get(0);
        assertThat(row.propertyNames()).containsExactlyInAnyOrder("id", "title", "role", "students", "online");
        assertThat(row.path("role").stringValue()).isEqualTo("student");
        assertThat(row.path("students").intValue()).isEqualTo(2);
        assertThat(row.path("online").isNull()).isTrue();
        Api stranger = system.asUser(TestSystem.newId());
        assertThat(stranger.get("/api/courses/").at("count").intValue()).isZero();
        assertThat(stranger.get("/api/courses/" + course + "/").text())
                .isEqualTo(stranger.get("/api/courses/9007199254740991/").text());
        assertThat(system.as(Tokens.service("exams"))
                        .get("/api/courses/" + course + "/")
                        .problem())
                .isEqualTo("not_found");
    }

    @Test
    void adminsSeeAllPageByPage() {
        long other = TestSystem.newId();
        database.course(other, "Botany");
        Api admin = system.as(Tokens.admin(TestSystem.newId()));

        Answer page = admin.get("/api/courses/?page_size=1");
        int seen = 1;
        while (!page.at("next").isNull()) {
            long last = page.at("results/0/id").longValue();
            page = admin.get(page.at("next").stringValue());
            assertThat(page.at("results/0/id").longValue()).isGreaterThan(last);
            seen++;
        }

        assertThat(seen).isEqualTo(page.at("count").intValue()).isGreaterThanOrEqualTo(2);
        JsonNode one = admin.get("/api/courses/" + other).json();
        assertThat(one.path("role").isNull()).isTrue();
    }

    @Test
    void instructorsSeeWhoIsOnlineOnLivingGateways() {
        gateway("living-a", 0, student);
        gateway("living-b", 29_000, student, instructor, TestSystem.newId());
        gateway("gone", 31_000, classmate);
        String path = "/api/courses/" + course + "/";

        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(
                                system.asUser(instructor).get(path).at("online").intValue())
                        .isEqualTo(1));
        gateway("living-a", 0, classmate);
        assertThat(system.asUser(instructor).get(path).at("online").intValue()).isEqualTo(2);
        assertThat(system.as(Tokens.admin(TestSystem.newId()))
                        .get(path)
                        .at("online")
                        .intValue())
                .isEqualTo(2);
        assertThat(system.asUser(student).get(path).at("online").isNull()).isTrue();
        assertThat(system.asUser(instructor)
                        .get("/api/courses/")
                        .at("results/0/online")
                        .intValue())
                .isEqualTo(2);
    }

    @Test
    void withoutGatewaysNobodyIsOnline() {
        assertThat(system.asUser(instructor)
                        .get("/api/courses/" + course + "/")
                        .at("online")
                        .intValue())
                .isZero();
    }

    @Test
    void meIsWhomTheTokenNames() {
        database.person(student, "Ana Lima");

        JsonNode byDirectory = system.asUser(student).get("/api/me/").json();
        JsonNode byToken = system.as(Tokens.valid()
                        .subject(Long.toString(student))
                        .claim("name", "Ana L.")
                        .claim("roles", List.of("admin", "wizard"))
                        .signWith(Tokens.KEY)
                        .compact())
                .get("/api/me/")
                .json();
        JsonNode service = system.as(Tokens.service("exams")).get("/api/me/").json();

        assertThat(byDirectory.propertyNames()).containsExactlyInAnyOrder("id", "name", "roles", "websocket_url");
        assertThat(byDirectory.path("id").longValue()).isEqualTo(student);
        assertThat(byDirectory.path("name").stringValue()).isEqualTo("Ana Lima");
        assertThat(byDirectory.path("websocket_url").stringValue()).isEqualTo("ws://127.0.0.1:8090/ws/notifications/");
        assertThat(byToken.path("name").stringValue()).isEqualTo("Ana L.");
        assertThat(byToken.path("roles"))
                .singleElement()
                .satisfies(role -> assertThat(role.stringValue()).isEqualTo("admin"));
        assertThat(service.path("id").isNull()).isTrue();
        assertThat(service.path("roles").get(0).stringValue()).isEqualTo("service");
    }
}
