package io.belfry.api.sending;

import static io.belfry.api.support.TestSystem.TOKENS;
import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.api.support.Api;
import io.belfry.api.support.Api.Answer;
import io.belfry.api.support.ApiNode;
import io.belfry.api.support.TestDatabase;
import io.belfry.api.support.TestSystem;
import io.belfry.events.Audience;
import io.belfry.events.NotificationRequested;
import io.belfry.events.wire.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IdempotencyIT {

    private static final String BODY = "{\"message\":\"m\"}";
    private static final String OTHER_BODY = "{\"message\":\"n\"}";

    private final TestSystem system = TestSystem.shared();
    private final TestDatabase database = system.database();
    private final long course = TestSystem.newId();
    private final long instructor = TestSystem.newId();
    private final Api api = system.asUser(instructor);
    private final String path = "/api/courses/" + course + "/notify-students/";

    @BeforeEach
    void instruct() {
        database.course(course, instructor, TestSystem.newId());
    }

    private Answer send(String body, String key) {
        return api.post(path, body, "Idempotency-Key", key);
    }

    private List<Event<NotificationRequested>> published() {
        return system.sends(event -> event.audience().equals(Audience.course(course)));
    }

    private void update(String change, Object... parameters) {
        database.sql()
                .sql("UPDATE notification_request SET " + change)
                .params(parameters)
                .update();
    }

    @Test
    void fiftyEqualCallsOnTwoNodesAreOneSend() {
        areOneSend(TOKENS.user(instructor), path, BODY);
    }

    /** Whom no limit holds, nothing keeps from claiming at the same moment. */
    @Test
    void fiftyEqualCallsOfAServiceAreOneSend() {
        areOneSend(
                TOKENS.service("exams"),
                "/api/notifications/",
                "{\"audience\":{\"course\":" + course + "},\"notification_type\":\"message\",\"message\":\"m\"}");
    }

    private void areOneSend(String token, String path, String body) {
        try (ApiNode second = ApiNode.start(system.environment())) {
            List<CompletableFuture<Answer>> calls = new ArrayList<>();
            for (int i = 0; i < 25; i++) {
                for (Api node : List.of(system.as(token), second.as(token))) {
                    calls.add(node.later("POST", path, body, "Idempotency-Key", "fifty-" + course));
                }
            }

            List<Answer> answers = calls.stream().map(CompletableFuture::join).toList();

            List<Answer> accepted =
                    answers.stream().filter(a -> a.status() == 202).toList();
            assertThat(answers)
                    .filteredOn(a -> a.status() != 202)
                    .allSatisfy(a -> assertThat(a.is("in_progress").header("Retry-After"))
                            .isEqualTo("1"));
            assertThat(accepted)
                    .isNotEmpty()
                    .extracting(a -> a.string("request_id"))
                    .containsOnly(accepted.get(0).string("request_id"));
            assertThat(accepted)
                    .filteredOn(a -> a.header("Idempotency-Replayed") == null)
                    .hasSize(1);
            assertThat(published()).hasSize(1);
        }
    }

    @Test
    void replayIsTheFirstAnswerWhateverChangedSince() {
        Answer first = send("{\"message\":\"m\",\"title\":\"\"}", "again");
        database.member(course, TestSystem.newId(), "student");

        Answer second = send("{ \"message\": \"m\" }", "\"again\"").is(202);

        assertThat(second.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(second.json()).isEqualTo(first.json());
        assertThat(first.header("Idempotency-Replayed")).isNull();
        assertThat(published()).hasSize(1);
    }

    @Test
    void keyBelongsToOnePathAndBody() {
        long second = TestSystem.newId();
        database.course(second, instructor);
        send(BODY, "k");

        send(OTHER_BODY, "k").is("idempotency_key_reused");
        api.post("/api/courses/" + second + "/notify-students/", BODY, "Idempotency-Key", "k")
                .is(422);
        assertThat(published()).hasSize(1);
    }

    @Test
    void keyBelongsToItsCaller() {
        long colleague = TestSystem.newId();
        database.member(course, colleague, "instructor");

        Answer mine = send(BODY, "k");
        Answer theirs = system.asUser(colleague)
                .post(path, OTHER_BODY, "Idempotency-Key", "k")
                .is(202);

        assertThat(theirs.string("request_id")).isNotEqualTo(mine.string("request_id"));
    }

    @Test
    void callUnderWayIsNotDoubledAndAfterTenSecondsTakenOver() {
        String id = send(BODY, "slow").string("request_id");
        // As if the node that had it were still waiting for Kafka, or had died.
        pending(id, "0 s");

        assertThat(send(BODY, "slow").is("in_progress").header("Retry-After")).isEqualTo("1");
        send(OTHER_BODY, "slow").is(422);
        api.get("/api/notification-requests/" + id + "/").is(404);
        api.get("/api/notification-requests/").has("count", 0);

        pending(id, "10 s");
        Answer retry = send(BODY, "slow").is(202).has("request_id", id);

        assertThat(retry.header("Idempotency-Replayed")).isNull();
        assertThat(published())
                .hasSize(2)
                .extracting(Event::eventId)
                .containsOnly(published().get(0).eventId());
    }

    private void pending(String id, String age) {
        update("status = 'pending', claimed_at = clock_timestamp() - ?::interval WHERE id = ?", age, id);
    }

    @Test
    void retryOfASendWhoseRowIsLostIsTheSameEvent() {
        Answer first = send(BODY, "lost");
        // As a backup from before leaves it.
        database.sql()
                .sql("DELETE FROM notification_request WHERE caller = ?")
                .param("user:" + instructor)
                .update();

        Answer other = send(OTHER_BODY, "other");
        Answer retry = send(BODY, "lost").is(202);

        assertThat(retry.json()).isEqualTo(first.json());
        assertThat(retry.string("request_id")).isNotEqualTo(other.string("request_id"));
        assertThat(published()).hasSize(3);
        assertThat(published().stream().map(Event::eventId).distinct()).hasSize(2);
        send(OTHER_BODY, "lost").is(422);
    }

    @Test
    void rowWhoseIdIsRandomIsRetriedUnderThatId() {
        String id = send(BODY, "old").string("request_id");
        // As earlier versions named them.
        String random = "0b1f5d1e-6f0a-4c58-9d53-" + String.format("%012d", course);
        update("id = ?, status = 'pending', claimed_at = NULL WHERE id = ?", random, id);

        send(BODY, "old").has("request_id", random);

        assertThat(published()).extracting(event -> event.eventId().id()).containsExactlyInAnyOrder(id, random);
    }

    /** What is one is SubmissionTest's. */
    @Test
    void badKeyIsRefused() {
        send(BODY, "a b").is("invalid_fields");
        api.post(path, BODY, "Idempotency-Key", "a", "Idempotency-Key", "b").is("invalid_fields");
    }
}
