package io.belfry.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.belfry.api.support.Api;
import io.belfry.api.support.Api.Answer;
import io.belfry.api.support.ApiNode;
import io.belfry.api.support.TestDatabase;
import io.belfry.api.support.TestSystem;
import io.belfry.events.Audience;
import io.belfry.events.wire.Event;
import io.belfry.kit.database.Database;
import io.belfry.kit.servers.TestServers;
import io.belfry.kit.system.Figures;
import io.belfry.localstack.Infrastructure;
import io.belfry.localstack.process.ControlledProcess;
import io.belfry.localstack.process.Ports;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each server taken away in turn: what does not need it goes on, what does says 503 soon, and nothing is doubled. */
class OutageIT {

    private static final Duration SOON = Duration.ofMillis(3_500);
    private static final String BODY = "{\"message\":\"m\"}";
    private static final String READINESS = "/actuator/health/readiness";
    private static final Duration BACK = Duration.ofSeconds(60);
    private static final List<String> SERVERS = List.of("postgresql", "kafka", "redis");

    private final Infrastructure servers = TestServers.shared();
    private final TestSystem system = TestSystem.shared();
    private final TestDatabase database = system.database();
    private final long course = TestSystem.newId();
    private final long instructor = TestSystem.newId();
    private final Api api = system.asUser(instructor);
    private final Api visitor = system.anonymous();
    private final String path = "/api/courses/" + course + "/notify-students/";

    @BeforeEach
    void instruct() {
        database.course(course, instructor);
        api.post(path, BODY).is(202);
        isTold("nothing");
    }

    @AfterEach
    void everythingRunsAgain() {
        for (ControlledProcess server :
                new ControlledProcess[] {servers.postgres(), servers.kafka(), servers.redis()}) {
            server.start();
        }
        await().atMost(BACK)
                .untilAsserted(
                        () -> api.post(path, BODY, "Idempotency-Key", "back").is(202));
        isTold("nothing");
    }

    /** The figures tell of this server alone that it is gone, and the node stays in service. */
    private void isTold(String gone) {
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            Figures figures = Figures.at(system.node().port(), "/actuator/prometheus");
            for (String server : SERVERS) {
                assertThat(figures.sum("belfry_server_up", "server=\"" + server + "\""))
                        .as(server)
                        .isEqualTo(server.equals(gone) ? 0 : 1);
            }
        });
        visitor.get(READINESS).is(200);
    }

    private static Answer within(Duration limit, Supplier<Answer> call) {
        Instant start = Instant.now();
        Answer answer = call.get();
        assertThat(Duration.between(start, Instant.now())).isLessThan(limit);
        return answer;
    }

    private Answer whileFrozen(ControlledProcess server, String name, Duration limit, Supplier<Answer> call) {
        server.suspend();
        try {
            Answer answer = within(limit, call);
            isTold(name);
            return answer;
        } finally {
            server.resume();
        }
    }

    private static void isUnavailable(Answer answer) {
        assertThat(answer.is("unavailable").header("Retry-After")).matches("[1-9][0-9]?");
    }

    @Test
    void withoutKafkaSendsAreRefusedAndInboxesGoOn() {
        long id = database.deliver(instructor);
        servers.kafka().kill();

        isUnavailable(within(SOON, () -> api.post(path, "{\"message\":\"once\"}", "Idempotency-Key", "k")));

        api.get("/api/notifications/").is(200);
        within(SOON, () -> api.patch("/api/notifications/" + id + "/mark_read/"))
                .has("unread", 0);
        api.get("/api/notifications/changes/?after=1").has("notifications/0/is_read", true);
        isTold("kafka");

        servers.kafka().start();
        await().atMost(BACK)
                .untilAsserted(() -> api.post(path, "{\"message\":\"once\"}", "Idempotency-Key", "k")
                        .is(202));
        assertThat(system
                        .sends(event -> event.audience().equals(Audience.course(course))
                                && event.message().equals("once"))
                        .stream()
                        .map(Event::eventId)
                        .distinct())
                .hasSize(1);
    }

    @Test
    void frozenKafkaIsToldAsSoon() {
        isUnavailable(whileFrozen(servers.kafka(), "kafka", SOON, () -> api.post(path, BODY)));
    }

    @Test
    void withoutPostgresEveryCallSaysSo() {
        servers.postgres().kill();

        for (String call : new String[] {"/api/notifications/", "/api/notifications/unread_count/", "/api/courses/"}) {
            isUnavailable(within(SOON, () -> api.get(call)));
        }
        isUnavailable(within(SOON, () -> api.post(path, BODY)));
        isUnavailable(within(SOON, () -> api.patch("/api/notifications/1/mark_read/")));
        visitor.get("/actuator/health/liveness").is(200);
        isTold("postgresql");

        servers.postgres().start();
        await().atMost(BACK).untilAsserted(() -> api.get("/api/notifications/").is(200));
    }

    @Test
    void frozenPostgresHoldsNoCallerForLong() {
        isUnavailable(whileFrozen(
                servers.postgres(), "postgresql", Duration.ofSeconds(8), () -> api.get("/api/notifications/")));
    }

    @Test
    void rowThatAnotherHoldsIsWaitedForTwoSeconds() {
        long id = database.deliver(instructor);
        Database.Hold row = new Database(
                        database.url(),
                        servers.postgres().user(),
                        servers.postgres().password())
                .hold(instructor);
        Answer waiting = within(SOON, () -> api.patch("/api/notifications/" + id + "/mark_read/"));
        row.release();

        isUnavailable(waiting);
        assertThat(waiting.header("Retry-After")).isEqualTo("1");
        api.patch("/api/notifications/" + id + "/mark_read/").is(200);
    }

    @Test
    void withoutRedisOnlinePeopleAreUnknownAndSignOutIsRefused() {
        String one = "/api/courses/" + course + "/";
        await().atMost(BACK).untilAsserted(() -> api.get(one).has("online", 0));
        servers.redis().kill();

        within(SOON, () -> api.get(one)).has("online", null);
        isUnavailable(within(SOON, () -> api.post("/api/sessions/sign-out/", "{}")));
        api.post(path, BODY).is(202);
        api.get("/api/notifications/").is(200);
        isTold("redis");

        servers.redis().start();
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> api.get(one).has("online", 0));
    }

    @Test
    void frozenRedisCostsHalfASecond() {
        whileFrozen(servers.redis(), "redis", SOON, () -> api.get("/api/courses/" + course + "/"))
                .has("online", null);
    }

    @Test
    void startsWithoutAnyServerAndWaits() {
        Map<String, String> environment = system.environment();
        int[] nowhere = {Ports.free(), Ports.free(), Ports.free()};
        environment.put("BELFRY_DATABASE_URL", "jdbc:postgresql://127.0.0.1:" + nowhere[0] + "/belfry");
        environment.put("BELFRY_KAFKA_BOOTSTRAP", "127.0.0.1:" + nowhere[1]);
        environment.put("BELFRY_REDIS_URL", "redis://127.0.0.1:" + nowhere[2]);
        try (ApiNode node = ApiNode.start(environment)) {
            node.as(null).get("/actuator/health/liveness").is(200);
            node.as(null).get(READINESS).is(503);
            isUnavailable(node.as(TestSystem.TOKENS.user(7)).get("/api/notifications/"));
        }
    }

    @Test
    void isReadyWhenThePersisterHasMadeTheSchema() {
        TestDatabase empty = TestDatabase.empty();
        Map<String, String> environment = system.environment();
        environment.put("BELFRY_DATABASE_URL", empty.url());
        try (ApiNode node = ApiNode.start(environment)) {
            Api user = node.as(TestSystem.TOKENS.user(7));
            user.get(READINESS).is(503);
            isUnavailable(user.get("/api/notifications/"));
            isUnavailable(user.patch("/api/notifications/1/mark_read/"));

            empty.migrate();

            user.get(READINESS).is(200);
            user.get("/api/notifications/").is(200);
        }
    }

    @Test
    void isNotReadyWithoutAnyKeyToVerifyTokensWith() {
        Map<String, String> environment = system.environment();
        environment.remove("BELFRY_JWT_SECRET");
        environment.put("BELFRY_JWT_JWKS_URL", "http://127.0.0.1:" + Ports.free() + "/keys");
        try (ApiNode node = ApiNode.start(environment)) {
            node.as(null).get(READINESS).is(503);
            assertThat(node.as(null).get("/actuator/prometheus").text())
                    .containsPattern("belfry_server_up\\{.*server=\"jwks\".*} 0.0");
        }
    }
}
