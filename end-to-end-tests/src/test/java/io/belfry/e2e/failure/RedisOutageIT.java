package io.belfry.e2e.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.belfry.e2e.client.SocketClient;
import io.belfry.e2e.system.NotificationSystem;
import io.belfry.e2e.system.Platform.Course;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Redis knows who is there; delivery does not ask it. */
class RedisOutageIT {

    private final NotificationSystem system = NotificationSystem.shared();
    private final Course course = system.platform().newCourse(2);

    @AfterEach
    void heal() {
        system.heal();
    }

    private int online() {
        return system.user(course.instructor())
                .get("/api/courses/" + course.id() + "/")
                .expect(200)
                .body()
                .path("online")
                .asInt(-1);
    }

    @Test
    void deliveryGoesOnAndPresenceReturns() {
        try (SocketClient before = system.socket(course.student(0), 1)) {
            await().until(() -> online() == 1);

            system.servers().redis().kill();
            await().atMost(Duration.ofSeconds(10)).until(() -> online() == -1);
            system.events().request(course.students(), "Without Redis");
            before.awaitNotification("Without Redis");
            system.user(course.student(0)).post("/api/sessions/sign-out/", null).expectProblem(503);
            try (SocketClient during = system.socket(course.student(1), 2)) {
                system.events().request(course.students(), "To a new socket");
                during.awaitNotification("To a new socket");

                system.servers().redis().start();
                await().atMost(Duration.ofSeconds(30)).until(() -> online() == 2);
                assertThat(List.of(before, during)).allMatch(SocketClient::isOpen);
            }
        }
        await().until(() -> online() == 0);
    }
}
