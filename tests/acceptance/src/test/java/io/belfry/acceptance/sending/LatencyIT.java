package io.belfry.acceptance.sending;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.kit.contract.Json;
import io.belfry.kit.socket.Dial;
import io.belfry.kit.socket.SocketClient;
import io.belfry.kit.system.NotificationSystem;
import io.belfry.kit.system.Platform.Course;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/** How long a student waits for an instructor's message, from the call to the frame. */
class LatencyIT {

    private static final int SENDS = 200;
    private static final Duration SANE = Duration.ofSeconds(2);

    private final NotificationSystem system = NotificationSystem.shared();

    @Test
    void sendIsOnTheSocketSoon() {
        Course course = system.platform().newCourse(30);
        Map<String, Long> arrived = new ConcurrentHashMap<>();
        Dial dial = Dial.to(system.gatewayAddress(1))
                .bearer(system.tokens().user(course.student(0)))
                .onFrame(frame -> arrived.put(frame.at("/notification/title").asString(""), System.nanoTime()));
        List<Long> micros = new ArrayList<>();
        try (SocketClient socket = dial.open()) {
            socket.welcome();
            for (int i = 0; i < SENDS; i++) {
                String title = "Latency " + i;
                long called = System.nanoTime();
                system.admin()
                        .post(course.sendPath(), Json.object("title", title, "message", "m"))
                        .expect(202);
                socket.awaitNotification(title);
                micros.add((arrived.getOrDefault(title, 0L) - called) / 1_000);
            }
        }
        // The first ones find every process cold.
        List<Long> warm = new ArrayList<>(micros.subList(SENDS / 4, SENDS));
        Collections.sort(warm);
        System.out.printf(
                "POST to frame, %d sends to 30 students: p50 %.1f ms, p95 %.1f ms, max %.1f ms%n",
                warm.size(),
                warm.get(warm.size() / 2) / 1000.0,
                warm.get(warm.size() * 95 / 100) / 1000.0,
                warm.get(warm.size() - 1) / 1000.0);
        assertThat(warm.get(warm.size() / 2)).isLessThan(SANE.toMillis() * 1000);
    }
}
