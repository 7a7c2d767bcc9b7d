package io.belfry.acceptance.watching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.belfry.acceptance.sending.Programs;
import io.belfry.kit.contract.Json;
import io.belfry.kit.database.Database;
import io.belfry.kit.http.ApiClient;
import io.belfry.kit.http.Reply;
import io.belfry.kit.kafka.Events;
import io.belfry.kit.socket.Dial;
import io.belfry.kit.socket.HandshakeRefusedException;
import io.belfry.kit.socket.SocketClient;
import io.belfry.kit.system.NotificationSystem;
import io.belfry.kit.system.Platform.Course;
import io.belfry.localstack.system.ServiceKind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** A running system as an operator sees it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WatchingIT {

    private static final int ACCEPTS_PER_SECOND = 10;

    private NotificationSystem system;
    private Course course;

    @BeforeAll
    void start() {
        system = NotificationSystem.own(
                "watching",
                stack -> stack.with(
                        ServiceKind.GATEWAY,
                        "BELFRY_GATEWAY_MAX_ACCEPTS_PER_SECOND",
                        String.valueOf(ACCEPTS_PER_SECOND)));
        course = system.platform().newCourse(2);
    }

    @AfterAll
    void stop() {
        system.close();
    }

    /** The other alerts fire in ops/prometheus/alerts.test.yml, for figures that were made up. */
    @Test
    void boardShowsFiguresAndAlertsFireForTheirFaults() throws IOException, InterruptedException {
        Programs.require("prometheus", "--version");
        try (Prometheus prometheus =
                Prometheus.start(Path.of("target", "prometheus"), system.stack().services())) {
            sendAndReceive();
            await().untilAsserted(() -> {
                assertThat(prometheus.metrics())
                        .containsAll(Rules.alerts().stream()
                                .flatMap(rule -> Rules.metrics(rule.expression()))
                                .toList());
                assertThat(Rules.board())
                        .hasSizeGreaterThan(30)
                        .allSatisfy(expression -> assertThat(prometheus.query(expression))
                                .as(expression)
                                .isNotEmpty());
            });
            assertThat(prometheus.firing()).isEmpty();

            recordsThatAreLateOrNeverFit(prometheus);
            clientsThatComeAllAtOnceOrFromAnotherHistory(prometheus);
            noPersister(prometheus);
            noBroker(prometheus);
        }
    }

    private void sendAndReceive() {
        try (SocketClient socket = system.socket(course.student(0))) {
            system.user(course.instructor())
                    .post(course.sendPath(), Json.object("title", "Seen", "message", "m"))
                    .expect(202);
            socket.awaitNotification("Seen");
        }
    }

    private void recordsThatAreLateOrNeverFit(Prometheus prometheus) {
        Events events = system.events();
        long held = course.student(0);
        Database.Hold hold = system.database().hold(held);
        try (SocketClient socket = system.socket(course.student(1))) {
            events.request(List.of(held), "Waits for its inbox");
            events.publish(Events.request(Events.newId(), Json.object("audience", 7)));
            String twice = Events.newId();
            events.publish(Events.request(twice, Events.message(List.of(course.student(1)), "One")));
            events.publish(Events.request(twice, Events.message(List.of(course.student(1)), "Two")));
            awaitFiring(prometheus, "BelfryDeadLetters", "BelfryEventConflicts");
            events.publish(Events.request(Events.newId(), Events.message(List.of(course.student(1)), "Late"))
                    .header("ce_time", Instant.now().minusSeconds(20).toString()));
            socket.awaitNotification("Late");
            awaitFiring(prometheus, "BelfryMessagesLate", "BelfryPersisterBehind");
        } finally {
            hold.release();
        }
    }

    private void clientsThatComeAllAtOnceOrFromAnotherHistory(Prometheus prometheus) {
        ApiClient student = system.user(course.student(0));
        for (int i = 0; i < 20; i++) {
            student.get("/api/notifications/changes/?after=0&epoch=another").expect(200);
        }
        Dial dial = Dial.to(system.gatewayAddress(1)).bearer(system.tokens().user(course.student(0)));
        await().until(() -> {
            for (int i = 0; i <= ACCEPTS_PER_SECOND; i++) {
                knock(dial);
            }
            return prometheus.firing().containsAll(Set.of("BelfrySocketsRefused", "BelfryClientsStartOver"));
        });
    }

    private static void knock(Dial dial) {
        try {
            dial.open().close();
        } catch (HandshakeRefusedException e) {
            assertThat(e.status()).isEqualTo(503);
        }
    }

    private void noPersister(Prometheus prometheus) {
        system.persister(1).kill();
        try {
            // One user may send 30 times a minute.
            await().pollInterval(Duration.ofSeconds(1)).until(() -> {
                send().expect(202);
                return prometheus.firing().containsAll(Set.of("BelfryPartDown", "BelfryAcceptedNotStored"));
            });
        } finally {
            system.heal();
        }
        await("all is well").until(() -> prometheus.firing().isEmpty());
    }

    private void noBroker(Prometheus prometheus) {
        system.servers().kafka().suspend();
        try {
            // More than one: the first 503 of a call makes its series, which has not grown then.
            await().until(() -> {
                send().expect(503);
                return prometheus
                        .firing()
                        .containsAll(
                                Set.of("BelfrySendsFail", "BelfryRestFails", "BelfryRestSlow", "BelfryServerDown"));
            });
        } finally {
            system.servers().kafka().resume();
        }
    }

    private Reply send() {
        return system.user(course.instructor()).post(course.sendPath(), Json.object("title", "To all", "message", "m"));
    }

    private static void awaitFiring(Prometheus prometheus, String... alerts) {
        await(String.join(", ", alerts))
                .untilAsserted(() -> assertThat(prometheus.firing()).contains(alerts));
        assertThat(prometheus.alerts())
                .extracting(JsonNode::toString)
                .noneMatch(text -> text.contains("error expanding"));
    }
}
