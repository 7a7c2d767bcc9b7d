package io.belfry.acceptance.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.belfry.acceptance.sending.Requests;
import io.belfry.kit.contract.Json;
import io.belfry.kit.http.Reply;
import io.belfry.kit.kafka.Events;
import io.belfry.kit.system.NotificationSystem;
import io.belfry.kit.system.Platform;
import io.belfry.kit.system.Platform.Course;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What the platform says last holds, deletions included, in whatever order its three topics are read. */
class DirectoryIT {

    private final NotificationSystem system = NotificationSystem.shared();
    private final Platform platform = system.platform();

    private List<Long> sendAndCollect(Course course) {
        String requestId = system.admin()
                .post(course.sendPath(), Json.object("message", "m"))
                .expect(202)
                .body()
                .path("request_id")
                .asString();
        Requests.awaitStatus(system.admin(), requestId, "stored");
        return system.database().recipientsOfRequest(requestId);
    }

    @Test
    void membersMayComeBeforeTheirCourseAndTheirNames() {
        long course = platform.newCourseId();
        long student = platform.newUserId();
        platform.publish(Platform.member(course, student, "student"));
        platform.publish(Platform.course(course, "Late"));
        platform.awaitStudents(course, 1);
        system.events().request(List.of(student), "Before the name");
        platform.publish(Platform.user(student, "Ana Late"));

        await().until(() -> system.user(student)
                .get("/api/notifications/")
                .body()
                .at("/results/0/receiver_name")
                .asString("")
                .equals("Ana Late"));
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

    @Test
    void courseThatIsGoneTakesNoSends() {
        Course course = platform.newCourse(1);
        platform.publish(Platform.courseGone(course.id()));
        platform.awaitNoCourse(course.id());

        Reply refused = system.admin().post(course.sendPath(), Json.object("message", "m"));
        refused.expectProblem(404);
    }

    @Test
    void namesFollowAndGo() {
        Course course = platform.newCourse(1);
        platform.publish(Platform.user(course.student(0), "New Name"));
        await().until(() -> name(course.student(0)).equals("New Name"));

        platform.publish(Platform.userGone(course.student(0)));
        await().until(() -> name(course.student(0)).isEmpty());
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
    void recordsThatContradictThemselvesAreSetAsideAlone() {
        long user = platform.newUserId();
        String badKey = "other-" + Events.newId();
        platform.publish(
                Platform.user(user, "Key and data differ").key(String.valueOf(user + 1_000_000)),
                Platform.user(user, "No number").key(badKey),
                Platform.user(user, "Good"));

        await().until(() -> name(user).equals("Good"));
        await().until(() -> system.events().read("platform.users.dlt").stream()
                .anyMatch(record -> new String(record.key(), StandardCharsets.UTF_8).equals(badKey)));
        assertThat(name(user + 1_000_000)).isEmpty();
        assertThat(system.events().read("platform.users.dlt"))
                .filteredOn(
                        record -> new String(record.value(), StandardCharsets.UTF_8).contains("\"id\":" + user + ","))
                .hasSize(2)
                .allSatisfy(record ->
                        assertThat(Events.header(record, "belfry-error")).isEqualTo("bad_key"));
    }

    @Test
    void nameInWhatIsToldIsTheOneOfThatMoment() {
        Course course = platform.newCourse(1);
        JsonNode sent = Json.object(
                "audience",
                Map.of("users", course.students()),
                "sender_id",
                course.instructor(),
                "notification_type",
                "message",
                "message",
                "m");
        system.events().publish(Events.request(Events.newId(), sent));

        await().until(() -> system.database().items(course.student(0)).size() == 1);
        JsonNode shown =
                system.user(course.student(0)).get("/api/notifications/").body().at("/results/0");
        assertThat(shown.path("sender_name").asString()).isEqualTo("Instructor " + course.instructor());
    }
}
