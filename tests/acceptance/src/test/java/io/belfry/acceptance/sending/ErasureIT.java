package io.belfry.acceptance.sending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.belfry.kit.contract.AsyncApi;
import io.belfry.kit.contract.Json;
import io.belfry.kit.database.Database.Counters;
import io.belfry.kit.socket.Dial;
import io.belfry.kit.socket.SocketClient;
import io.belfry.kit.system.NotificationSystem;
import io.belfry.kit.system.Platform;
import io.belfry.kit.system.Platform.Course;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A person whom the platform takes back. */
class ErasureIT {

    private static final Duration WITHIN = Duration.ofMinutes(1);

    private final NotificationSystem system = NotificationSystem.shared();
    private final Platform platform = system.platform();
    private final Course course = platform.newCourse(2);

    @Test
    void isErasedAtEveryDoor() {
        long person = course.student(0);
        String token = system.tokens().user(person);
        String toAll = Requests.send(system.user(course.instructor()), course, "To all");
        Requests.awaitStatus(system.user(course.instructor()), toAll, "stored");
        try (SocketClient here = system.socket(person, 1);
                SocketClient there = system.socket(person, 2)) {
            system.events().request(List.of(person), "Alone");
            here.awaitNotification("Alone");

            platform.publish(
                    Platform.tombstone("platform.users", Long.toString(person)),
                    Platform.memberGone(course.id(), person));

            assertThat(here.awaitClosed(WITHIN).code()).isEqualTo(4510);
            assertThat(there.awaitClosed(WITHIN).code()).isEqualTo(4510);
        }
        await().atMost(WITHIN)
                .until(() -> Dial.to(system.gatewayAddress(1)).bearer(token).refusedWith() == 401);
        assertThat(system.database().counters(person)).isEqualTo(Counters.NONE);
        assertThat(system.database().additions(List.of(person))).isEmpty();
        assertThat(system.database().recipients(toAll)).containsExactly(course.student(1));
        List<JsonNode> told = system.events().read("platform.erasures").stream()
                .map(record -> Json.parse(record.value()))
                .filter(erased -> erased.path("user").asLong() == person)
                .toList();
        assertThat(told)
                .isNotEmpty()
                .allSatisfy(
                        erased -> assertThat(AsyncApi.shared().misfitsOfEvent("belfry.platform.user-erased.v1", erased))
                                .isEmpty());
    }

    @Test
    void staysTheSenderOfWhatTheySentUnderAnotherName() {
        Requests.send(system.user(course.instructor()), course, "Read this");
        await().until(() -> senderName().equals("Instructor " + course.instructor()));

        platform.publish(Platform.tombstone("platform.users", Long.toString(course.instructor())));

        await().atMost(WITHIN).until(() -> senderName().equals("Former user"));
    }

    private String senderName() {
        return system.user(course.student(1))
                .get("/api/notifications/")
                .body()
                .at("/results/0/sender_name")
                .asString("");
    }
}
