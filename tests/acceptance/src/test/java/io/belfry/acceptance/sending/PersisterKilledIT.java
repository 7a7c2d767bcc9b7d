package io.belfry.acceptance.sending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.belfry.kit.database.Database;
import io.belfry.kit.http.ApiClient;
import io.belfry.kit.socket.SocketClient;
import io.belfry.kit.system.NotificationSystem;
import io.belfry.kit.system.Platform;
import io.belfry.kit.system.Platform.Course;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A persister is killed in the middle of a send to 5,000 students, some of whom come and go before another takes it up:
 * every student of the right moment has it exactly once. The middle is made certain by holding one student's inbox.
 */
class PersisterKilledIT {

    private static final int STUDENTS = 5_000;
    private static final int HELD = 2_500;
    private static final int LEFT_WITH_IT = 10;
    private static final int LEFT_WITHOUT_IT = 4_000;

    private final NotificationSystem system = NotificationSystem.shared();

    @AfterEach
    void heal() {
        system.heal();
    }

    @Test
    void everyStudentHasItExactlyOnce() {
        Course course = system.platform().newCourse(STUDENTS);
        long joined = system.platform().newUserId();
        ApiClient instructor = system.user(course.instructor());
        system.events().request(List.of(course.student(HELD)), "So that there is an inbox to hold");
        await().until(() -> system.database().items(course.student(HELD)).size() == 1);
        String requestId;
        try (SocketClient early = system.socket(course.student(LEFT_WITH_IT), 1);
                SocketClient late = system.socket(course.student(STUDENTS - 1), 2)) {
            Database.Hold held = system.database().hold(course.student(HELD));
            try {
                requestId = Requests.send(instructor, course, "To all");
                await("half of it is stored")
                        .atMost(Duration.ofSeconds(20))
                        .until(() -> system.database().recipients(requestId).size() > 500);
                early.awaitNotification("To all");
                system.persister(1).kill();
                system.persister(2).kill();
                assertThat(system.database().recipients(requestId)).hasSizeBetween(501, HELD);
                assertThat(Requests.status(instructor, requestId).path("status").asString())
                        .isEqualTo("accepted");

                system.platform()
                        .publish(
                                Platform.memberGone(course.id(), course.student(LEFT_WITH_IT)),
                                Platform.memberGone(course.id(), course.student(LEFT_WITHOUT_IT)),
                                Platform.member(course.id(), joined, "student"));
            } finally {
                held.release();
            }
            system.heal();
            Requests.awaitStatus(instructor, requestId, "stored");

            assertThat(late.awaitNotification("To all").path("seq").asLong()).isEqualTo(1);
            assertThat(early.frames("notification"))
                    .allSatisfy(frame -> assertThat(frame.path("seq").asLong()).isEqualTo(1));
        }

        List<Long> expected = new ArrayList<>(course.students());
        expected.remove(Long.valueOf(course.student(LEFT_WITHOUT_IT)));
        expected.add(joined);
        assertThat(system.database().recipients(requestId)).isEqualTo(expected);
        assertThat(system.database().inconsistencies(expected)).isEmpty();
        assertThat(Requests.status(instructor, requestId).path("recipients").asInt())
                .isEqualTo(expected.size());
    }
}
