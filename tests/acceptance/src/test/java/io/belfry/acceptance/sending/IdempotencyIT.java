package io.belfry.acceptance.sending;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.kit.contract.Json;
import io.belfry.kit.http.ApiClient;
import io.belfry.kit.http.Reply;
import io.belfry.kit.kafka.Events;
import io.belfry.kit.system.NotificationSystem;
import io.belfry.kit.system.Platform.Course;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** A send that is tried again under its key is that same send. */
class IdempotencyIT {

    private static final JsonNode BODY = Json.object("title", "Keyed", "message", "m");

    private final NotificationSystem system = NotificationSystem.shared();
    private final Course course = system.platform().newCourse(2);
    private final ApiClient instructor = system.user(course.instructor());

    private Reply send(String key, JsonNode body) {
        return instructor.post(course.sendPath(), body, "Idempotency-Key", key);
    }

    @Test
    void sameKeyManyTimesAtOnceIsOneSend() {
        String key = Events.newId();
        List<CompletableFuture<Reply>> calls = IntStream.range(0, 20)
                .mapToObj(each -> instructor.sendLater("POST", course.sendPath(), BODY, "Idempotency-Key", key))
                .toList();
        List<Reply> replies = calls.stream().map(CompletableFuture::join).toList();

        assertThat(replies).allMatch(reply -> reply.status() == 202 || reply.status() == 409);
        replies.stream().filter(reply -> reply.status() == 409).forEach(inFlight -> {
            inFlight.expectProblem(409);
            assertThat(inFlight.header("Retry-After")).contains("1");
        });
        List<Reply> accepted =
                replies.stream().filter(reply -> reply.status() == 202).toList();
        Set<String> ids = accepted.stream()
                .map(reply -> reply.body().path("request_id").asString())
                .collect(Collectors.toSet());
        assertThat(ids).hasSize(1);
        assertThat(accepted.stream()
                        .filter(reply -> reply.header("Idempotency-Replayed").isEmpty()))
                .hasSize(1);

        Requests.awaitStatus(instructor, ids.iterator().next(), "stored");
        for (long student : course.students()) {
            assertThat(system.database().items(student)).hasSize(1);
        }
    }

    @Test
    void retryGetsTheFirstAnswerAndSaysSo() {
        String key = Events.newId();
        Reply first = send(key, BODY).expect(202);
        Requests.awaitStatus(instructor, first.body().path("request_id").asString(), "stored");

        Reply again = send("\"" + key + "\"", Json.parse("{ \"message\": \"m\", \"title\": \"Keyed\" }"));

        again.expect(202);
        assertThat(again.header("Idempotency-Replayed")).contains("true");
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.header("Location")).isEqualTo(first.header("Location"));
        assertThat(first.header("Idempotency-Replayed")).isEmpty();
    }

    @Test
    void retryIsThatSendEvenWhenItWasForgotten() {
        String key = Events.newId();
        JsonNode body = Json.object("title", "Keyed", "message", "m", "data", Json.parse("{\"a\":1,\"b\":2}"));
        Reply first = send(key, body).expect(202);
        String id = first.body().path("request_id").asString();
        Requests.awaitStatus(instructor, id, "stored");
        assertThat(system.database().forgetRequest(id)).isTrue();
        instructor.get("/api/notification-requests/" + id + "/").expectProblem(404);

        Reply again = send(key, Json.parse("{\"data\":{\"b\":2,\"a\":1},\"message\":\"m\",\"title\":\"Keyed\"}"));

        again.expect(202);
        assertThat(again.body()).isEqualTo(first.body());
        Requests.awaitStatus(instructor, id, "stored");
        for (long student : course.students()) {
            assertThat(system.database().items(student)).hasSize(1);
        }
        send(key, Json.object("message", "other")).expectProblem(422);
    }

    @Test
    void otherBodyOrPathUnderTheKeyIsRefused() {
        String key = Events.newId();
        send(key, BODY).expect(202);

        send(key, Json.object("title", "Other", "message", "m")).expectProblem(422);

        ApiClient admin = system.admin();
        String adminKey = Events.newId();
        admin.post(course.sendPath(), BODY, "Idempotency-Key", adminKey).expect(202);
        Course other = system.platform().newCourse(1);
        admin.post(other.sendPath(), BODY, "Idempotency-Key", adminKey).expectProblem(422);
    }

    @Test
    void keyBelongsToItsCaller() {
        String key = Events.newId();
        String mine = send(key, BODY).expect(202).body().path("request_id").asString();

        Reply other = system.admin()
                .post(course.sendPath(), BODY, "Idempotency-Key", key)
                .expect(202);

        assertThat(other.header("Idempotency-Replayed")).isEmpty();
        assertThat(other.body().path("request_id").asString()).isNotEqualTo(mine);
    }

    @Test
    void directSendsHaveKeysToo() {
        ApiClient exams = system.service("exams");
        JsonNode body = Json.object(
                "audience",
                Map.of("users", List.of(course.student(0))),
                "notification_type",
                "exam_result",
                "message",
                "87");
        String key = Events.newId();
        Reply first =
                exams.post("/api/notifications/", body, "Idempotency-Key", key).expect(202);
        Reply again =
                exams.post("/api/notifications/", body, "Idempotency-Key", key).expect(202);

        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.header("Idempotency-Replayed")).contains("true");
    }

    @Test
    void withoutAKeyEachSendIsNew() {
        String first = instructor
                .post(course.sendPath(), BODY)
                .expect(202)
                .body()
                .path("request_id")
                .asString();
        String second = instructor
                .post(course.sendPath(), BODY)
                .expect(202)
                .body()
                .path("request_id")
                .asString();

        assertThat(first).isNotEqualTo(second);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "tab\there", "\"\""})
    void keyThatIsNoVisibleTextIsRefused(String key) {
        send(key, BODY).expectProblem(400);
    }

    @Test
    void keyOf256CharactersIsRefusedAndOneOf255IsNot() {
        send("k".repeat(256), BODY).expectProblem(400);
        send("k".repeat(255), BODY).expect(202);
    }
}
