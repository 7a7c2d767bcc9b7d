package io.belfry.acceptance.watching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.belfry.acceptance.sending.Programs;
import io.belfry.kit.contract.Json;
import io.belfry.kit.database.Database;
import io.belfry.kit.http.ApiClient;
import io.belfry.kit.http.Reply;
import io.belfry.kit.kafka.Events;
import io.belfry.kit.kafka.Events.Draft;
import io.belfry.kit.socket.Dial;
import io.belfry.kit.socket.HandshakeRefusedException;
import io.belfry.kit.socket.RawSocket;
import io.belfry.kit.socket.SocketClient;
import io.belfry.kit.system.NotificationSystem;
import io.belfry.kit.system.Platform.Course;
import io.belfry.localstack.system.Service;
import io.belfry.localstack.system.ServiceKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AclOperation;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What an operator sees of a running system, and is told when something is wrong with it. */
class AlertsIT {

    private static final int ACCEPTS_PER_SECOND = 10;

    /** More than the alert needs, and than a gateway accepts in a second. */
    private static final int SLOW_CLIENTS = 12;

    /** Characters of a message, of four bytes each. */
    private static final int LONGEST = 10_000;

    private final FaultyServers servers = new FaultyServers();
    private final NotificationSystem system = NotificationSystem.own(
            "alerts",
            stack -> stack.owning(servers.servers())
                    .with(
                            ServiceKind.GATEWAY,
                            "BELFRY_GATEWAY_MAX_ACCEPTS_PER_SECOND",
                            String.valueOf(ACCEPTS_PER_SECOND)));
    private final Course course = system.platform().newCourse(2);
    private final ApiClient instructor = system.user(course.instructor());
    private final ApiClient student = system.user(course.student(1));

    /** Every alert but BelfrySocketsBreak, whose fault is an error in the gateway: it fires in ops/prometheus/alerts.test.yml alone. */
    @Test
    void boardShowsFiguresAndAlertsFireForTheirFaults() throws Exception {
        Programs.require("prometheus", "--version");
        try (system;
                Prometheus prometheus = Prometheus.start(
                        Path.of("target", "prometheus"), system.stack().services())) {
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

            recordsAreLateOrNeverFit(prometheus);
            clientsReadNothing(prometheus);
            writingIsRefused(prometheus);
            readingIsRefused(prometheus);
            gatewayIsHeldBack(prometheus);
            noPersister(prometheus);
            noBroker(prometheus);
        }
    }

    private void sendAndReceive() {
        try (SocketClient socket = system.socket(course.student(0))) {
            send().expect(202);
            socket.awaitNotification("To all");
        }
    }

    private Reply send() {
        return instructor.post(course.sendPath(), Json.object("title", "To all", "message", "m"));
    }

    private void recordsAreLateOrNeverFit(Prometheus prometheus) {
        Events events = system.events();
        Database.Hold hold = system.database().hold(course.student(0));
        try (SocketClient socket = system.socket(course.student(1))) {
            events.request(List.of(course.student(0)), "Waits for its inbox");
            events.publish(spoiled());
            String twice = Events.newId();
            events.publish(Events.request(twice, Events.message(List.of(course.student(1)), "One")));
            events.publish(Events.request(twice, Events.message(List.of(course.student(1)), "Two")));
            events.publish(Events.request(Events.newId(), Events.message(List.of(course.student(1)), "Late"))
                    .header("ce_time", Instant.now().minusSeconds(20).toString()));
            socket.awaitNotification("Late");
            for (int i = 0; i < 20; i++) {
                student.get("/api/notifications/changes/?after=0&epoch=another").expect(200);
            }
            Dial dial = Dial.to(system.gatewayAddress(1)).bearer(system.tokens().user(course.student(1)));
            prometheus.awaitFired(
                    () -> knock(dial),
                    "BelfryDeadLetters",
                    "BelfryEventConflicts",
                    "BelfryMessagesLate",
                    "BelfryPersisterBehind",
                    "BelfryClientsStartOver",
                    "BelfrySocketsRefused");
        } finally {
            hold.release();
        }
    }

    private static Draft spoiled() {
        return Events.request(Events.newId(), Json.object("audience", 7));
    }

    private static void knock(Dial dial) {
        for (int i = 0; i <= ACCEPTS_PER_SECOND; i++) {
            try {
                dial.open().close();
            } catch (HandshakeRefusedException e) {
                assertThat(e.status()).isEqualTo(503);
            }
        }
    }

    private void clientsReadNothing(Prometheus prometheus) {
        Course slow = system.platform().newCourse(SLOW_CLIENTS);
        List<RawSocket> sockets = new ArrayList<>();
        try {
            for (long user : slow.students()) {
                String token = system.tokens().user(user);
                sockets.add(await().ignoreException(IllegalStateException.class)
                        .until(() -> RawSocket.open(system.gatewayAddress(1), token, 4 * 1024), opened -> true));
            }
            prometheus.awaitFired(() -> longMessages(slow.students()), "BelfrySlowConsumers");
        } finally {
            sockets.forEach(RawSocket::close);
        }
    }

    /** Both servers are up, and an account lacks rights. */
    private void writingIsRefused(Prometheus prometheus) throws Exception {
        Events events = system.events();
        long id = system.database().items(course.student(1)).get(0).id();
        servers.deny(AclOperation.WRITE, events.topic(Events.DEAD_LETTERS), events.topic("inbox.changed"));
        servers.hideUsersBut(course.student(1));
        events.publish(spoiled());
        prometheus.awaitFired(
                () -> {
                    send().expect(202);
                    student.patch("/api/notifications/" + id + "/mark_read/").expect(200);
                    student.patch("/api/notifications/" + id + "/mark_unread/").expect(200);
                },
                "BelfryDeadLettersWaiting",
                "BelfryChangesUnannounced");
        servers.showUsers();
        servers.allow();
    }

    private void readingIsRefused(Prometheus prometheus) throws Exception {
        Events events = system.events();
        servers.deny(AclOperation.READ, events.topic(Events.REQUESTED), events.topic(Events.STORED));
        prometheus.awaitFired(
                () -> events.request(List.of(course.student(0)), "Unread"),
                "BelfryGatewayCannotRead",
                "BelfryListenersDown");
        servers.allow();
    }

    /** The broker lets it have less than there is, the system no more files than it has open. */
    private void gatewayIsHeldBack(Prometheus prometheus) throws Exception {
        servers.slow("websocket-gateway", 20 * LONGEST);
        String gateway = String.valueOf(system.gateway(1).pid());
        try (Stream<Path> open = Files.list(Path.of("/proc", gateway, "fd"))) {
            assertThat(Programs.run("", "prlimit", "--pid=" + gateway, "--nofile=" + open.count() * 11 / 10 + ":"))
                    .isZero();
        }
        prometheus.awaitFired(() -> longMessages(course.students()), "BelfryGatewayBehind", "BelfryFilesRunOut");
    }

    private void longMessages(List<Long> users) {
        JsonNode message = Json.object(
                "audience",
                Map.of("users", users),
                "notification_type",
                "message",
                "title",
                "Long",
                "message",
                "\uD83D\uDD14".repeat(LONGEST));
        system.events()
                .publishAll(Stream.generate(() -> Events.request(Events.newId(), message))
                        .limit(40)
                        .toList());
    }

    private void noPersister(Prometheus prometheus) throws IOException {
        Service persister = system.persister(1);
        persister.kill();
        prometheus.awaitFired(() -> send().expect(202), "BelfryPartDown", "BelfryAcceptedNotStored");
        prometheus.forget(persister);
        prometheus.awaitFired(() -> {}, "BelfryPartMissing");
    }

    private void noBroker(Prometheus prometheus) {
        system.stack().infrastructure().kafka().suspend();
        try {
            // More than one: the first 503 of a call makes its series, which has not grown then.
            prometheus.awaitFired(
                    () -> send().expect(503),
                    "BelfrySendsFail",
                    "BelfryRestFails",
                    "BelfryRestSlow",
                    "BelfryServerDown");
        } finally {
            system.stack().infrastructure().kafka().resume();
        }
    }
}
