package io.belfry.acceptance.input;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.kit.contract.Json;
import io.belfry.kit.http.ApiClient;
import io.belfry.kit.http.Reply;
import io.belfry.kit.system.NotificationSystem;
import io.belfry.kit.system.Platform.Course;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Bad requests get the answers of the contract, never a 500, and nothing of them is stored. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadRequestsIT {

    private final NotificationSystem system = NotificationSystem.shared();
    private final Course course = system.platform().newCourse(1);
    private final Course other = system.platform().newCourse(1);
    private final ApiClient admin = system.admin();

    @ParameterizedTest
    @ValueSource(
            strings = {"abc", "-1", "0", "9223372036854775808", "9007199254740992", "1;drop", "1.0", "%00", "01e3"})
    void idThatIsNoneIs400(String id) {
        admin.get("/api/notifications/" + id + "/").expectProblem(400);
        admin.patch("/api/notifications/" + id + "/mark_read/").expectProblem(400);
        admin.delete("/api/notifications/" + id + "/").expectProblem(400);
        admin.get("/api/courses/" + id + "/").expectProblem(400);
        admin.post("/api/courses/" + id + "/notify-students/", Json.object("message", "m"))
                .expectProblem(400);
    }

    @Test
    void onlyInstructorsOfTheCourseSend() {
        JsonNode body = Json.object("message", "m");
        system.user(course.student(0)).post(course.sendPath(), body).expectProblem(403);
        system.user(other.instructor()).post(course.sendPath(), body).expectProblem(403);
        system.user(system.platform().newUserId()).post(course.sendPath(), body).expectProblem(403);
        system.admin()
                .post("/api/courses/" + system.platform().newCourseId() + "/notify-students/", body)
                .expectProblem(404);
        JsonNode direct =
                Json.object("audience", Map.of("users", List.of(7)), "notification_type", "message", "message", "m");
        system.user(course.instructor()).post("/api/notifications/", direct).expectProblem(403);
    }

    @Test
    void serviceHasNoInbox() {
        ApiClient service = system.service("exams");
        service.get("/api/notifications/").expectProblem(403);
        service.get("/api/notifications/unread_count/").expectProblem(403);
        service.get("/api/notifications/changes/?after=0").expectProblem(403);
        service.post("/api/notifications/mark_all_read/", null).expectProblem(403);
    }

    @Test
    void nobodyIsToldToSignIn() {
        for (String path : List.of(
                "/api/notifications/", "/api/me/", "/api/courses/", "/api/notification-requests/", "/api/courses/1/")) {
            Reply reply = system.nobody().get(path);
            reply.expectProblem(401);
            assertThat(reply.header("WWW-Authenticate").orElse("")).startsWith("Bearer");
        }
    }

    @Test
    void wrongMediaTypesAndMethodsAreSaid() {
        byte[] body = "{\"message\":\"m\"}".getBytes(StandardCharsets.UTF_8);
        admin.sendBytes("POST", course.sendPath(), body, "Content-Type", "text/plain")
                .expectProblem(415);
        admin.sendBytes("POST", course.sendPath(), body, "Content-Type", "application/xml")
                .expectProblem(415);
        admin.sendBytes("POST", course.sendPath(), body).expectProblem(415);
        admin.send("GET", "/api/notifications/", null, "Accept", "text/html").expectProblem(406);
        Reply method = admin.send("PUT", "/api/notifications/", Json.object());
        method.expectProblem(405);
        assertThat(method.header("Allow").orElse("")).contains("GET", "POST");
        admin.send("POST", "/api/notifications/1/mark_read/", null, "X-HTTP-Method-Override", "PATCH")
                .expectProblem(405);
    }

    @Test
    void bodyOverTheLimitIs413() {
        admin.sendBytes("POST", course.sendPath(), spaces(192 * 1024 + 1), "Content-Type", "application/json")
                .expectProblem(413);
        admin.sendBytes("POST", "/api/notifications/", spaces(512 * 1024 + 1), "Content-Type", "application/json")
                .expectProblem(413);
        admin.sendBytes("POST", "/api/notifications/", spaces(512 * 1024), "Content-Type", "application/json")
                .expectProblem(400);
    }

    private static byte[] spaces(int count) {
        byte[] spaces = new byte[count];
        Arrays.fill(spaces, (byte) ' ');
        return spaces;
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/", "/api/nothing/", "/api/notifications/1/nothing/", "/api/courses/1/2/3/"})
    void unknownAddressBelowTheApiIsAProblem(String path) {
        admin.get(path).expectProblem(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/actuator/env",
                "/actuator/heapdump",
                "/actuator/loggers",
                "/..;/actuator/env",
                "/actuator/..;/env"
            })
    void whatIsForOperatorsAloneIsNotHere(String path) {
        assertThat(system.nobody().get(path).status()).isIn(400, 401, 404);
        assertThat(admin.get(path).status()).isIn(400, 404);
    }

    @AfterAll
    void nothingOfAllThisIsStored() {
        assertThat(system.database().counters(course.student(0)).seq()).isZero();
        assertThat(system.database().counters(other.student(0)).seq()).isZero();
    }
}
