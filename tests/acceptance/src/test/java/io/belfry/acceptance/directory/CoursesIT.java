package io.belfry.acceptance.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.belfry.kit.http.ApiClient;
import io.belfry.kit.http.Shapes;
import io.belfry.kit.socket.SocketClient;
import io.belfry.kit.system.NotificationSystem;
import io.belfry.kit.system.Platform.Course;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Courses as their members see them, and who is there. */
class CoursesIT {

    private final NotificationSystem system = NotificationSystem.shared();
    private final Course course = system.platform().newCourse(3);

    private JsonNode shownTo(ApiClient viewer) {
        return Shapes.course(
                viewer.get("/api/courses/" + course.id() + "/").expect(200).body());
    }

    private void awaitOnline(int expected) {
        ApiClient instructor = system.user(course.instructor());
        await("online is " + expected)
                .atMost(Duration.ofSeconds(20))
                .until(() -> shownTo(instructor).path("online").asInt(-1) == expected);
    }

    @Test
    void onlineCountsPeopleNotSockets() {
        try (SocketClient phone = system.socket(course.student(0), 1);
                SocketClient other = system.socket(course.student(1), 2)) {
            try (SocketClient laptop = system.socket(course.student(0), 2)) {
                awaitOnline(2);
                assertThat(List.of(phone, laptop, other)).allMatch(SocketClient::isOpen);
            }
            awaitOnline(2);
        }
        awaitOnline(0);
    }
}
