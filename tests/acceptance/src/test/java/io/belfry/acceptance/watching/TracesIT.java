package io.belfry.acceptance.watching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.belfry.kit.contract.Json;
import io.belfry.kit.http.Reply;
import io.belfry.kit.kafka.Events;
import io.belfry.kit.kafka.Events.Draft;
import io.belfry.kit.socket.SocketClient;
import io.belfry.kit.system.NotificationSystem;
import io.belfry.kit.system.Platform.Course;
import io.belfry.localstack.system.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What a collector is sent of a running system. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TracesIT {

    private final Collector collector = new Collector();
    private NotificationSystem system;
    private Course course;

    @BeforeAll
    void start() throws IOException {
        collector.start();
        // Of a former run: logs are appended to.
        for (String service : List.of("persister", "api", "gateway")) {
            Files.deleteIfExists(Path.of("target", "system-traces", "logs", service + ".log"));
        }
        system = NotificationSystem.own(
                "traces",
                stack -> stack.with("BELFRY_LOG_FORMAT", "json")
                        .with("OTEL_EXPORTER_OTLP_ENDPOINT", collector.address())
                        .with("OTEL_EXPORTER_OTLP_TIMEOUT", "1000")
                        .with("OTEL_BSP_SCHEDULE_DELAY", "100"));
        course = system.platform().newCourse(2);
    }

    @AfterAll
    void stop() {
        system.close();
        collector.close();
    }

    @Test
    void oneTraceGoesFromTheSendToTheSocket() {
        Course alone = system.platform().newCourse(1);
        String trace = newId(16);
        String caller = newId(8);
        String unwatched = newId(16);
        try (SocketClient socket = system.socket(alone.student(0))) {
            send(alone, "Unwatched", "00-" + unwatched + "-" + caller + "-00").expect(202);
            socket.awaitNotification("Unwatched");
            send(alone, "Watched", "00-" + trace + "-" + caller + "-01").expect(202);
            socket.awaitNotification("Watched");
        }
        await().untilAsserted(() -> assertThat(collector.trace(trace)).hasSize(5));
        String parent = caller;
        for (List<String> expected : List.of(
                List.of("notification-api", "SERVER", "POST /api/courses/{id}/notify-students"),
                List.of("notification-api", "PRODUCER", "send " + topic(Events.REQUESTED)),
                List.of("notification-persister", "CONSUMER", "process " + topic(Events.REQUESTED)),
                List.of("notification-persister", "PRODUCER", "send " + topic(Events.STORED)),
                List.of("websocket-gateway", "CONSUMER", "process " + topic(Events.STORED)))) {
            String before = parent;
            Collector.Seen next = collector.trace(trace).stream()
                    .filter(span -> span.parent().equals(before))
                    .findFirst()
                    .orElseThrow();
            assertThat(List.of(next.service(), next.kind(), next.name())).isEqualTo(expected);
            assertThat(next.failed()).isFalse();
            parent = next.id();
        }
        assertThat(collector.trace(unwatched)).isEmpty();
    }

    @Test
    void eventsThatAreStoredTogetherContinueEachItsOwnTraceAndLogLinesNameIt() {
        List<String> traces = Stream.generate(() -> newId(16)).limit(20).toList();
        String spoiled = newId(16);
        List<Draft> drafts = new ArrayList<>();
        for (String trace : traces) {
            drafts.add(Events.request(Events.newId(), Events.message(List.of(course.student(0)), "Together"))
                    .partition(0)
                    .header("traceparent", "00-" + trace + "-00000000000000aa-01"));
        }
        drafts.add(Events.request(Events.newId(), Json.object("audience", 7))
                .partition(0)
                .header("traceparent", "00-" + spoiled + "-00000000000000aa-01"));
        drafts.add(new Draft(
                Events.STORED,
                null,
                null,
                new byte[] {0},
                Map.of("traceparent", "00-" + spoiled + "-00000000000000aa-01")));
        system.events().publishAll(drafts);
        await().untilAsserted(() -> assertThat(traces)
                .allSatisfy(trace -> assertThat(collector.trace(trace))
                        .extracting(Collector.Seen::service)
                        .containsExactlyInAnyOrder(
                                "notification-persister", "notification-persister", "websocket-gateway")));
        assertThat(traces)
                .allSatisfy(trace -> assertThat(collector.trace(trace))
                        .filteredOn(span -> span.name().equals("process " + topic(Events.REQUESTED)))
                        .extracting(Collector.Seen::parent)
                        .containsExactly("00000000000000aa"));
        await().untilAsserted(() -> assertThat(collector.trace(spoiled))
                .as("what became a dead letter")
                .extracting(Collector.Seen::service, Collector.Seen::failed)
                .containsExactly(tuple("notification-persister", true)));
        String named = "\"trace_id\":\"" + spoiled + "\"";
        await().untilAsserted(() -> assertThat(log(system.persister(1))).contains(named));
        await().untilAsserted(() -> assertThat(log(system.gateway(1))).contains(named));
    }

    /** It is not waited for, and each service says it once. */
    @Test
    void collectorThatHangsOrIsAwayIsToldOnce() throws IOException {
        Course alone = system.platform().newCourse(1);
        collector.hang();
        try (SocketClient socket = system.socket(alone.student(0))) {
            sendUnwatched(alone, socket, "It hangs");
            await().untilAsserted(() -> assertThat(system.stack().services())
                    .allSatisfy(service -> assertThat(log(service)).contains("The collector takes no traces")));
            collector.close();
            sendUnwatched(alone, socket, "It is gone");
        } finally {
            collector.start();
        }
        String trace = newId(16);
        send(alone, "Watched again", "00-" + trace + "-00000000000000aa-01").expect(202);
        await().untilAsserted(() -> assertThat(collector.trace(trace)).hasSize(5));
        await().untilAsserted(() -> assertThat(system.stack().services()).allSatisfy(service -> {
            assertThat(log(service)).containsOnlyOnce("The collector takes no traces");
            assertThat(log(service)).containsOnlyOnce("The collector takes traces again");
            assertThat(log(service)).doesNotContain("Failed to export");
        }));
    }

    private void sendUnwatched(Course to, SocketClient socket, String title) {
        send(to, title, "00-" + newId(16) + "-00000000000000aa-01").expect(202);
        socket.awaitNotification(title);
    }

    private String topic(String name) {
        return system.events().topic(name);
    }

    private static String newId(int bytes) {
        byte[] id = new byte[bytes];
        ThreadLocalRandom.current().nextBytes(id);
        return HexFormat.of().formatHex(id);
    }

    private static String log(Service service) throws IOException {
        return Files.readString(service.log());
    }

    private Reply send(Course to, String title, String traceparent) {
        return system.user(to.instructor())
                .post(to.sendPath(), Json.object("title", title, "message", "m"), "traceparent", traceparent);
    }
}
