package io.belfry.api.sending;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.api.support.Api;
import io.belfry.api.support.Api.Answer;
import io.belfry.api.support.ApiNode;
import io.belfry.api.support.TestDatabase;
import io.belfry.api.support.TestSystem;
import io.belfry.api.support.Together;
import io.belfry.api.support.Tokens;
import io.belfry.api.support.TopicReader;
import io.belfry.events.Audience;
import io.belfry.events.NotificationRequested;
import io.belfry.events.wire.Event;
import io.belfry.events.wire.EventType;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdempotencyIT {

    private final TestSystem system = TestSystem.shared();
    private final TestDatabase database = system.database();
    private final long course = TestSystem.newId();
    private final long instructor = TestSystem.newId();
    private final Api api = system.asUser(instructor);
    private final String path = "/api/courses/" + course + "/notify-students/";

    @BeforeEach
    void instruct() {
        database.course(course, "Algebra");
        database.member(course, instructor, "instructor");
        database.member(course, TestSystem.newId(), "student");
    }

    private List<Event<NotificationRequested>> published() {
        return TopicReader.all(
                system.topics().requested(),
                EventType.NOTIFICATION_REQUESTED,
                event -> event.audience().equals(Audience.course(course)));
    }

    @Test
    void fiftyEqualCallsOnTwoNodesAreOneSend() throws Exception {
        areOneSend(Tokens.user(instructor), path, "{\"message\":\"m\"}");
    }

    /** Whom no limit holds, nothing keeps from claiming at the same moment. */
    @Test
    void fiftyEqualCallsOfAServiceAreOneSend() throws Exception {
        areOneSend(
                Tokens.service("exams"),
                "/api/notifications/",
                "{\"audience\":{\"course\":" + course + "},\"notification_type\":\"message\",\"message\":\"m\"}");
    }

    private void areOneSend(String token, String path, String body) throws Exception {
        try (ApiNode second = ApiNode.start(system.environment())) {
            List<Callable<Answer>> calls = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                Api node = i % 2 == 0 ? system.as(token) : Api.of(second.url(), token);
                calls.add(() -> node.post(path, body, "Idempotency-Key", "fifty-" + course));
            }

            List<Answer> answers = Together.run(calls);

            List<Answer> accepted =
                    answers.stream().filter(a -> a.status() == 202).toList();
            assertThat(answers).filteredOn(a -> a.status() != 202).allSatisfy(a -> {
                assertThat(a.problem()).isEqualTo("in_progress");
                assertThat(a.header("Retry-After")).isEqualTo("1");
            });
            assertThat(accepted)
                    .isNotEmpty()
                    .extracting(a -> a.at("request_id").stringValue())
                    .containsOnly(accepted.get(0).at("request_id").stringValue());
            assertThat(accepted)
                    .filteredOn(a -> a.header("Idempotency-Replayed") == null)
                    .hasSize(1);
            assertThat(published()).hasSize(1);
        }
    }

    @Test
    void replayIsTheFirstAnswerWhateverChangedSince() {
        Answer first = api.post(path, "{\"message\":\"m\",\"title\":\"\"}", "Idempotency-Key", "again");
        database.member(course, TestSystem.newId(), "student");

        Answer second = api.post(path, "{ \"message\": \"m\" }", "Idempotency-Key", "\"again\"");

        assertThat(second.status()).isEqualTo(202);
        assertThat(second.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(second.json()).isEqualTo(first.json());
        assertThat(first.header("Idempotency-Replayed")).isNull();
        assertThat(published()).hasSize(1);
    }

    @Test
    void keyBelongsToOnePathAndBody() {
        long second = TestSystem.newId();
        database.course(second, "Botany");
        database.member(second, instructor, "instructor");
        api.post(path, "{\"message\":\"m\"}", "Idempotency-Key", "k");

        assertThat(api.post(path, "{\"message\":\"n\"}", "Idempotency-Key", "k").problem())
                .isEqualTo("idempotency_key_reused");
        assertThat(api.post(
                                "/api/courses/" + second + "/notify-students/",
                                "{\"message\":\"m\"}",
                                "Idempotency-Key",
                                "k")
                        .status())
                .isEqualTo(422);
        assertThat(published()).hasSize(1);
    }

    @Test
    void keyBelongsToItsCaller() {
        long colleague = TestSystem.newId();
        database.member(course, colleague, "instructor");

        Answer mine = api.post(path, "{\"message\":\"m\"}", "Idempotency-Key", "k");
        Answer theirs = system.asUser(colleague).post(path, "{\"message\":\"n\"}", "Idempotency-Key", "k");

        assertThat(theirs.status()).isEqualTo(202);
        assertThat(theirs.at("request_id")).isNotEqualTo(mine.at("request_id"));
    }

    @Test
    void withoutKeyEachCallIsANewSend() {
        api.post(path, "{\"message\":\"m\"}");
        api.post(path, "{\"message\":\"m\"}");

        assertThat(published()).hasSize(2);
    }

    @Test
    void callUnderWayIsNotDoubledAndAfterTenSecondsTakenOver() {
        String id = api.post(path, "{\"message\":\"m\"}", "Idempotency-Key", "slow")
                .at("request_id")
                .stringValue();
        // As if the node that had it were still waiting for Kafka, or had died.
        pending(id, "0 s");

        Answer meanwhile = api.post(path, "{\"message\":\"m\"}", "Idempotency-Key", "slow");
        assertThat(meanwhile.problem()).isEqualTo("in_progress");
        assertThat(meanwhile.header("Retry-After")).isEqualTo("1");
        assertThat(api.post(path, "{\"message\":\"n\"}", "Idempotency-Key", "slow")
                        .status())
                .isEqualTo(422);

        pending(id, "10 s");
        Answer retry = api.post(path, "{\"message\":\"m\"}", "Idempotency-Key", "slow");

        assertThat(retry.status()).isEqualTo(202);
        assertThat(retry.header("Idempotency-Replayed")).isNull();
        assertThat(retry.at("request_id").stringValue()).isEqualTo(id);
        assertThat(published())
                .hasSize(2)
                .extracting(Event::eventId)
                .containsOnly(published().get(0).eventId());
    }

    @Test
    void pendingRequestIsNotShown() {
        String id = api.post(path, "{\"message\":\"m\"}").at("request_id").stringValue();
        pending(id, "0 s");

        assertThat(api.get("/api/notification-requests/" + id + "/").status()).isEqualTo(404);
        assertThat(api.get("/api/notification-requests/").at("count").intValue())
                .isZero();
    }

    @Test
    void retryOfASendWhoseRowIsLostIsTheSameEvent() {
        Answer first = api.post(path, "{\"message\":\"m\"}", "Idempotency-Key", "lost");
        // As a backup from before leaves it.
        database.sql()
                .sql("DELETE FROM notification_request WHERE caller = ?")
                .param("user:" + instructor)
                .update();

        Answer other = api.post(path, "{\"message\":\"n\"}", "Idempotency-Key", "other");
        Answer retry = api.post(path, "{\"message\":\"m\"}", "Idempotency-Key", "lost");

        assertThat(retry.status()).isEqualTo(202);
        assertThat(retry.json()).isEqualTo(first.json());
        assertThat(retry.at("request_id")).isNotEqualTo(other.at("request_id"));
        assertThat(published()).hasSize(3);
        assertThat(published().stream().map(Event::eventId).distinct()).hasSize(2);
        assertThat(api.post(path, "{\"message\":\"n\"}", "Idempotency-Key", "lost")
                        .status())
                .isEqualTo(422);
    }

    @Test
    void rowWhoseIdIsRandomIsRetriedUnderThatId() {
        String id = api.post(path, "{\"message\":\"m\"}", "Idempotency-Key", "old")
                .at("request_id")
                .stringValue();
        // As earlier versions named them.
        String random = "0b1f5d1e-6f0a-4c58-9d53-" + String.format("%012d", course);
        database.sql()
                .sql("UPDATE notification_request SET id = ?, status = 'pending', claimed_at = NULL WHERE id = ?")
                .params(random, id)
                .update();

        Answer retry = api.post(path, "{\"message\":\"m\"}", "Idempotency-Key", "old");

        assertThat(retry.at("request_id").stringValue()).isEqualTo(random);
        assertThat(published()).extracting(event -> event.eventId().id()).containsExactlyInAnyOrder(id, random);
    }

    private void pending(String id, String age) {
        database.sql()
                .sql("UPDATE notification_request SET status = 'pending', claimed_at = clock_timestamp() - ?::interval"
                        + " WHERE id = ?")
                .params(age, id)
                .update();
    }

    @Test
    void whatIsStoredIsNotPublishedAgain() {
        String id = api.post(path, "{\"message\":\"m\"}", "Idempotency-Key", "stored")
                .at("request_id")
                .stringValue();
        database.sql()
                .sql("UPDATE notification_request SET status = 'stored', stored_at = clock_timestamp() WHERE id = ?")
                .param(id)
                .update();

        assertThat(api.post(path, "{\"message\":\"m\"}", "Idempotency-Key", "stored")
                        .header("Idempotency-Replayed"))
                .isEqualTo("true");
        assertThat(published()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\"", "a b"})
    void badKeyIsRefused(String key) {
        assertThat(api.post(path, "{\"message\":\"m\"}", "Idempotency-Key", key).problem())
                .isEqualTo("invalid_fields");
        assertThat(api.post(path, "{\"message\":\"m\"}", "Idempotency-Key", "k".repeat(256))
                        .problem())
                .isEqualTo("invalid_fields");
    }
}
