package io.belfry.acceptance.sending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.belfry.kit.contract.Json;
import io.belfry.kit.system.NotificationSystem;
import io.belfry.kit.system.Platform;
import io.belfry.kit.system.Platform.Course;
import org.junit.jupiter.api.Test;

/** What the platform says last of people and their courses holds at every door. */
class AudienceIT {

    private final NotificationSystem system = NotificationSystem.shared();
    private final Platform platform = system.platform();

    @Test
    void thoseWhoLeaveOrBecomeInstructorsGetNothingMore() {
        Course course = platform.newCourse(4);
        platform.publish(
                Platform.memberGone(course.id(), course.student(1)),
                Platform.member(course.id(), course.student(2), "instructor"));
        platform.awaitStudents(course.id(), 2);

        String requestId = Requests.send(system.user(course.student(2)), course, "I teach now");

        Requests.awaitStatus(system.user(course.student(2)), requestId, "stored");
        assertThat(system.database().recipients(requestId)).containsExactly(course.student(0), course.student(3));
    }

    @Test
    void courseWithoutStudentsIsStoredForNoUser() {
        Course course = platform.newCourse(0);

        String requestId = Requests.send(system.user(course.instructor()), course, "Is a student here?");

        assertThat(Requests.awaitStatus(system.user(course.instructor()), requestId, "stored")
                        .path("recipients"))
                .isEqualTo(Json.parse("0"));
    }

    @Test
    void oneEventIdMayTellSeveralThings() {
        long user = platform.newUserId();
        platform.publish(
                Platform.user(user, "One").header("ce_id", "same"),
                Platform.user(user, "Two").header("ce_id", "same"));

        await().until(() -> system.user(user)
                .get("/api/me/")
                .body()
                .path("name")
                .asString("")
                .equals("Two"));
    }
}
