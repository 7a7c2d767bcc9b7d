package io.belfry.e2e.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.belfry.e2e.client.Json;
import io.belfry.e2e.client.Reply;
import io.belfry.e2e.client.SocketClient;
import io.belfry.e2e.system.Events;
import io.belfry.e2e.system.NotificationSystem;
import io.belfry.e2e.system.Platform.Course;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The api is killed while it answers: what it accepted is stored, and sockets go on. */
class ApiRestartIT {

    private final NotificationSystem system = NotificationSystem.shared();

    @AfterEach
    void heal() {
        system.heal();
    }

    @Test
    void whatWasAcceptedIsStored() {
        Course course = system.platform().newCourse(1);
        String key = Events.newId();
        List<Long> users = system.platform().newUserIds(5);
        Sends sends = new Sends(system.service("exams"), users).every(Duration.ofMillis(10));
        try (SocketClient socket = system.socket(users.get(0))) {
            await().untilAsserted(() ->
                    assertThat(sends.accepted()).as(sends::toString).isGreaterThan(200));
            Reply before = send(course, key);
            system.apiService().kill();

            system.events().request(List.of(users.get(0)), "While the api is down");
            socket.awaitNotification("While the api is down");
            assertThat(socket.isOpen()).isTrue();
            system.apiService().start();
            int acceptedBefore = sends.accepted();
            await().until(() -> sends.accepted() > acceptedBefore + 50);

            Reply replay = send(course, key);
            assertThat(replay.header("Idempotency-Replayed")).contains("true");
            assertThat(replay.body()).isEqualTo(before.body());
            sends.finish();
        } finally {
            sends.stop();
        }
        System.out.println("Api killed: " + sends);
        sends.checkStored(system.database());
    }

    private Reply send(Course course, String key) {
        return system.user(course.instructor())
                .post(course.sendPath(), Json.object("message", "m"), "Idempotency-Key", key)
                .expect(202);
    }
}
