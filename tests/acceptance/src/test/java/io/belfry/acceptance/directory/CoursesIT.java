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
    void memberSeesTheCourseAndTheirRole() {
        JsonNode instructors = shownTo(system.user(course.instructor()));
        assertThat(instructors.path("id").asLong()).isEqualTo(course.id());
        assertThat(instructors.path("title").asString()).isEqualTo("Course " + course.id());
        assertThat(instructors.path("role").asString()).isEqualTo("instructor");
        assertThat(instructors.path("students").asInt()).isEqualTo(3);
        assertThat(instructors.path("online").asInt(-1)).isZero();

        JsonNode students = shownTo(system.user(course.student(0)));
        assertThat(students.path("role").asString()).isEqualTo("student");
        assertThat(students.path("online").isNull()).isTrue();
        assertThat(shownTo(system.admin()).path("online").asInt(-1)).isZero();
    }

    @Test
    void strangerSeesNoDifferenceToACourseThatIsNone() {
        ApiClient stranger = system.user(system.platform().newUserId());

        JsonNode hidden = stranger.get("/api/courses/" + course.id() + "/").expectProblem(404);
        JsonNode none = stranger.get("/api/courses/" + system.platform().newCourseId() + "/")
                .expectProblem(404);
        assertThat(hidden).isEqualTo(none);
    }

    @Test
    void listHoldsOwnCourses() {
        JsonNode page = Shapes.page(
                system.user(course.student(0)).get("/api/courses/").expect(200).body());

        assertThat(page.path("count").asInt()).isEqualTo(1);
        assertThat(Shapes.course(page.at("/results/0")).path("id").asLong()).isEqualTo(course.id());
        assertThat(system.admin()
                        .get("/api/courses/")
                        .expect(200)
                        .body()
                        .path("count")
                        .asInt())
                .isGreaterThanOrEqualTo(1);
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

    @Test
    void meIsTheTokenAndTheDirectory() {
        JsonNode me = system.user(course.student(0)).get("/api/me/").expect(200).body();

        assertThat(me.propertyNames()).containsExactlyInAnyOrder("id", "name", "roles", "websocket_url");
        assertThat(me.path("id").asLong()).isEqualTo(course.student(0));
        assertThat(me.path("name").asString()).isEqualTo("Student " + course.student(0));
        assertThat(me.path("roles")).isEmpty();
        assertThat(me.path("websocket_url").asString()).startsWith("ws://").endsWith("/ws/notifications/");

        String named =
                system.tokens().of(course.student(0)).claim("name", "Ana L.").write();
        assertThat(system.nobody().as(named).get("/api/me/").body().path("name").asString())
                .isEqualTo("Ana L.");
        JsonNode admin = system.admin().get("/api/me/").expect(200).body();
        assertThat(admin.at("/roles/0").asString()).isEqualTo("admin");
    }

    @Test
    void numberOrTextNamesTheUser() {
        String number = system.tokens().of("x").claim("sub", course.student(0)).write();

        assertThat(system.nobody()
                        .as(number)
                        .get("/api/me/")
                        .expect(200)
                        .body()
                        .path("id")
                        .asLong())
                .isEqualTo(course.student(0));
    }
}
