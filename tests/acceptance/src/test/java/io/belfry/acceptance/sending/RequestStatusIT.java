package io.belfry.acceptance.sending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.belfry.kit.http.ApiClient;
import io.belfry.kit.system.NotificationSystem;
import io.belfry.kit.system.Platform.Course;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A sender can see what became of it. */
class RequestStatusIT {

    private final NotificationSystem system = NotificationSystem.shared();

    @Test
    void tellsHowManyHaveItAndHowManyReadIt() {
        Course course = system.platform().newCourse(3);
        ApiClient instructor = system.user(course.instructor());

        String requestId = Requests.send(instructor, course, "Read me");
        JsonNode stored = Requests.awaitStatus(instructor, requestId, "stored");

        assertThat(stored.path("recipients").asInt()).isEqualTo(3);
        assertThat(stored.path("read").asInt()).isZero();
        assertThat(stored.path("course").asLong()).isEqualTo(course.id());
        assertThat(stored.path("error").isNull()).isTrue();
        assertThat(stored.path("stored_at").asString()).endsWith("Z");
        assertThat(stored.path("notification_type").asString()).isEqualTo("course_update");
        assertThat(stored.path("title").asString()).isEqualTo("Read me");

        long id = system.database().items(course.student(1)).get(0).id();
        system.user(course.student(1))
                .patch("/api/notifications/" + id + "/mark_read/")
                .expect(200);
        await().until(() -> Requests.status(instructor, requestId).path("read").asInt() == 1);
    }
}
