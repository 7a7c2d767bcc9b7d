package io.belfry.acceptance.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.belfry.acceptance.sending.Requests;
import io.belfry.kit.contract.Json;
import io.belfry.kit.socket.SocketClient;
import io.belfry.kit.system.NotificationSystem;
import io.belfry.kit.system.Platform;
import io.belfry.kit.system.Platform.Course;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the platform says last holds at every door, deletions included; and who is there. */
class DirectoryIT {

    private final NotificationSystem system = NotificationSystem.shared();
    private final Platform platform = system.platform();

    private List<Long> sendAndCollect(Course course) {
        String requestId = Requests.send(system.admin(), course, "To all");
        Requests.awaitStatus(system.admin(), requestId, "stored");
        return system.database().recipientsOfRequest(requestId);
    }

    @Test
    void whoLeftGetsNothingMore() {
        Course course = platform.newCourse(3);
        platform.publish(Platform.memberGone(course.id(), course.student(1)));
        platform.awaitStudents(course.id(), 2);

        assertThat(sendAndCollect(course)).containsExactly(course.student(0), course.student(2));
    }

    @Test
    void whoBecomesInstructorIsNoStudentAnyMore() {
        Course course = platform.newCourse(2);
        platform.publish(Platform.member(course.id(), course.student(0), "instructor"));
        platform.awaitStudents(course.id(), 1);

        assertThat(sendAndCollect(course)).containsExactly(course.student(1));
        system.user(course.student(0))
                .post(course.sendPath(), Json.object("message", "I teach now"))
                .expect(202);
    }

    private String name(long user) {
        return system.user(user).get("/api/me/").expect(200).body().path("name").asString("");
    }

    @Test
    void oneEventIdMayTellSeveralThings() {
        long user = platform.newUserId();
        platform.publish(
                Platform.user(user, "One").header("ce_id", "same"),
                Platform.user(user, "Two").header("ce_id", "same"));

        await().until(() -> name(user).equals("Two"));
    }

    @Test
    void onlineCountsPeopleNotSockets() {
        Course course = platform.newCourse(3);
        try (SocketClient phone = system.socket(course.student(0), 1);
                SocketClient other = system.socket(course.student(1), 2)) {
            try (SocketClient laptop = system.socket(course.student(0), 2)) {
                awaitOnline(course, 2);
                assertThat(List.of(phone, laptop, other)).allMatch(SocketClient::isOpen);
            }
            awaitOnline(course, 2);
        }
        awaitOnline(course, 0);
    }

    private void awaitOnline(Course course, int expected) {
        await("online is " + expected).until(() -> system.online(course) == expected);
    }
}
