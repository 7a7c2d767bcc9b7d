package io.belfry.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.belfry.api.support.Api;
import io.belfry.api.support.Api.Answer;
import io.belfry.api.support.ApiNode;
import io.belfry.api.support.TestDatabase;
import io.belfry.api.support.TestSystem;
import io.belfry.api.support.Tokens;
import io.belfry.api.support.TopicReader;
import io.belfry.events.Audience;
import io.belfry.events.wire.Event;
import io.belfry.events.wire.EventType;
import io.belfry.kit.servers.TestServers;
import io.belfry.localstack.Infrastructure;
import io.belfry.localstack.process.ControlledProcess;
import io.belfry.localstack.process.Ports;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each server taken away in turn: what does not need it goes on, what does says 503 soon, and nothing is doubled. */
class OutageIT {

    private static final Duration SOON = Duration.ofMillis(3_500);
    private static final Duration BACK = Duration.ofSeconds(60);

    private final Infrastructure servers = TestServers.shared();
    private final TestSystem system = TestSystem.shared();
    private final TestDatabase database = system.database();
    private final long course = TestSystem.newId();
    private final long instructor = TestSystem.newId();
    private final Api api = system.asUser(instructor);
    private final String path = "/api/courses/" + course + "/notify-students/";

    @BeforeEach
    void instruct() {
        database.course(course, "Algebra");
        database.member(course, instructor, "instructor");
        assertThat(api.post(path, "{\"message\":\"warm\"}").status()).isEqualTo(202);
        assertThat(system.anonymous().get("/actuator/health/readiness").status())
                .isEqualTo(200);
    }

    @AfterEach
    void everythingRunsAgain() {
        for (ControlledProcess server :
                new ControlledProcess[] {servers.postgres(), servers.kafka(), servers.redis()}) {
            if (!server.isRunning()) {
                server.start();
            }
        }
        await().atMost(BACK)
                .untilAsserted(() -> assertThat(api.post(path, "{\"message\":\"back\"}", "Idempotency-Key", "back")
                                .status())
                        .isEqualTo(202));
    }

    private static Answer within(Duration limit, Supplier<Answer> call) {
        Instant start = Instant.now();
        Answer answer = call.get();
        assertThat(Duration.between(start, Instant.now())).isLessThan(limit);
        return answer;
    }

    private static void isUnavailable(Answer answer) {
        assertThat(answer.problem()).isEqualTo("unavailable");
        assertThat(Integer.parseInt(answer.header("Retry-After"))).isPositive();
    }

    @Test
    void withoutKafkaSendsAreRefusedAndInboxesGoOn() {
        long id = database.deliver(instructor);
        servers.kafka().kill();

        isUnavailable(within(SOON, () -> api.post(path, "{\"message\":\"m\"}", "Idempotency-Key", "k")));

        assertThat(api.get("/api/notifications/").status()).isEqualTo(200);
        assertThat(within(SOON, () -> api.patch("/api/notifications/" + id + "/mark_read/"))
                        .at("unread")
                        .intValue())
                .isZero();
        assertThat(api.get("/api/notifications/changes/?after=1")
                        .at("notifications/0/is_read")
                        .booleanValue())
                .isTrue();
        assertThat(system.anonymous().get("/actuator/health/readiness").status())
                .isEqualTo(200);

        servers.kafka().start();
        await().atMost(BACK)
                .untilAsserted(() -> assertThat(api.post(path, "{\"message\":\"m\"}", "Idempotency-Key", "k")
                                .status())
                        .isEqualTo(202));
        assertThat(TopicReader.all(
                                system.topics().requested(),
                                EventType.NOTIFICATION_REQUESTED,
                                event -> event.audience().equals(Audience.course(course))
                                        && event.message().equals("m"))
                        .stream()
                        .map(Event::eventId)
                        .distinct())
                .hasSize(1);
    }

    @Test
    void frozenKafkaIsToldAsSoon() {
        servers.kafka().suspend();
        try {
            isUnavailable(within(SOON, () -> api.post(path, "{\"message\":\"m\"}")));
        } finally {
            servers.kafka().resume();
        }
    }

    @Test
    void withoutPostgresEveryCallSaysSo() {
        servers.postgres().kill();

        for (String call : new String[] {"/api/notifications/", "/api/notifications/unread_count/", "/api/courses/"}) {
            isUnavailable(within(SOON, () -> api.get(call)));
        }
        isUnavailable(within(SOON, () -> api.post(path, "{\"message\":\"m\"}")));
        isUnavailable(within(SOON, () -> api.patch("/api/notifications/1/mark_read/")));
        assertThat(system.anonymous().get("/actuator/health/liveness").status()).isEqualTo(200);
        assertThat(system.anonymous().get("/actuator/health/readiness").status())
                .isEqualTo(200);

        servers.postgres().start();
        await().atMost(BACK)
                .untilAsserted(() ->
                        assertThat(api.get("/api/notifications/").status()).isEqualTo(200));
    }

    @Test
    void frozenPostgresHoldsNobodyForLong() {
        servers.postgres().suspend();
        try {
            isUnavailable(within(Duration.ofSeconds(8), () -> api.get("/api/notifications/")));
        } finally {
            servers.postgres().resume();
        }
    }

    @Test
    void rowThatSomebodyHoldsIsWaitedForTwoSeconds() {
        long id = database.deliver(instructor);
        database.transaction().executeWithoutResult(status -> {
            database.sql()
                    .sql("SELECT FROM inbox WHERE user_id = ? FOR UPDATE")
                    .param(instructor)
                    .query(row -> {});

            Answer waiting = within(SOON, () -> api.patch("/api/notifications/" + id + "/mark_read/"));

            isUnavailable(waiting);
            assertThat(waiting.header("Retry-After")).isEqualTo("1");
        });
        assertThat(api.patch("/api/notifications/" + id + "/mark_read/").status())
                .isEqualTo(200);
    }

    @Test
    void withoutRedisOnlinePeopleAreUnknownAndNobodySignsOut() {
        String one = "/api/courses/" + course + "/";
        await().atMost(BACK)
                .untilAsserted(
                        () -> assertThat(api.get(one).at("online").isNumber()).isTrue());
        servers.redis().kill();

        assertThat(within(SOON, () -> api.get(one)).at("online").isNull()).isTrue();
        isUnavailable(within(SOON, () -> api.post("/api/sessions/sign-out/", "{}")));
        assertThat(api.post(path, "{\"message\":\"m\"}").status()).isEqualTo(202);
        assertThat(api.get("/api/notifications/").status()).isEqualTo(200);

        servers.redis().start();
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(
                        () -> assertThat(api.get(one).at("online").isNumber()).isTrue());
    }

    @Test
    void frozenRedisCostsHalfASecond() {
        servers.redis().suspend();
        try {
            assertThat(within(SOON, () -> api.get("/api/courses/" + course + "/"))
                            .at("online")
                            .isNull())
                    .isTrue();
        } finally {
            servers.redis().resume();
        }
    }

    @Test
    void startsWithoutAnyServerAndWaits() {
        Map<String, String> environment = system.environment();
        int[] nowhere = {Ports.free(), Ports.free(), Ports.free()};
        environment.put("BELFRY_DATABASE_URL", "jdbc:postgresql://127.0.0.1:" + nowhere[0] + "/belfry");
        environment.put("BELFRY_KAFKA_BOOTSTRAP", "127.0.0.1:" + nowhere[1]);
        environment.put("BELFRY_REDIS_URL", "redis://127.0.0.1:" + nowhere[2]);
        try (ApiNode node = ApiNode.start(environment)) {
            Api visitor = Api.anonymous(node.url());
            assertThat(visitor.get("/actuator/health/liveness").status()).isEqualTo(200);
            assertThat(visitor.get("/actuator/health/readiness").status()).isEqualTo(503);
            isUnavailable(Api.of(node.url(), Tokens.user(7)).get("/api/notifications/"));
        }
    }

    @Test
    void isReadyWhenThePersisterHasMadeTheSchema() {
        TestDatabase empty = TestDatabase.empty();
        Map<String, String> environment = system.environment();
        environment.put("BELFRY_DATABASE_URL", empty.url());
        try (ApiNode node = ApiNode.start(environment)) {
            Api visitor = Api.anonymous(node.url());
            Api user = Api.of(node.url(), Tokens.user(7));
            assertThat(visitor.get("/actuator/health/readiness").status()).isEqualTo(503);
            isUnavailable(user.get("/api/notifications/"));
            isUnavailable(user.patch("/api/notifications/1/mark_read/"));

            empty.migrate();

            assertThat(visitor.get("/actuator/health/readiness").status()).isEqualTo(200);
            assertThat(user.get("/api/notifications/").status()).isEqualTo(200);
        }
    }

    @Test
    void isNotReadyWithoutAnyKeyToVerifyTokensWith() {
        Map<String, String> environment = system.environment();
        environment.remove("BELFRY_JWT_SECRET");
        environment.put("BELFRY_JWT_JWKS_URL", "http://127.0.0.1:" + Ports.free() + "/keys");
        try (ApiNode node = ApiNode.start(environment)) {
            Api visitor = Api.anonymous(node.url());

            assertThat(visitor.get("/actuator/health/readiness").status()).isEqualTo(503);
            assertThat(visitor.get("/actuator/prometheus").text())
                    .containsPattern("belfry_server_up\\{.*server=\"jwks\".*} 0.0");
        }
    }
}
