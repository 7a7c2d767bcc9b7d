package io.belfry.api.sending;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.api.support.Api;
import io.belfry.api.support.Api.Answer;
import io.belfry.api.support.ApiNode;
import io.belfry.api.support.TestDatabase;
import io.belfry.api.support.TestSystem;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SendLimitIT {

    private static final String BODY = "{\"message\":\"m\"}";

    private final TestSystem system = TestSystem.shared();
    private final TestDatabase database = system.database();
    private final long course = TestSystem.newId();
    private final long instructor = TestSystem.newId();
    private final Api api = system.asUser(instructor);
    private final String path = "/api/courses/" + course + "/notify-students/";

    @BeforeEach
    void instruct() {
        database.course(course, instructor);
    }

    private void send(int count) {
        for (int i = 0; i < count; i++) {
            api.post(path, BODY).is(202);
        }
    }

    private void age(String by) {
        database.sql()
                .sql("UPDATE notification_request SET claimed_at = claimed_at - ?::interval WHERE caller = ?")
                .params(by, "user:" + instructor)
                .update();
    }

    private void giveUpAll() {
        database.sql()
                .sql("UPDATE notification_request SET status = 'pending', claimed_at = NULL WHERE caller = ?")
                .param("user:" + instructor)
                .update();
    }

    @Test
    void exactlyThirtyOfTwoHundredOnTwoNodesAreAccepted() {
        try (ApiNode second = ApiNode.start(system.environment())) {
            Api other = second.as(TestSystem.TOKENS.user(instructor));
            other.get("/api/me/").is(200);
            List<CompletableFuture<Answer>> calls = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                calls.add(api.later("POST", path, BODY));
                calls.add(other.later("POST", path, BODY));
            }

            List<Answer> answers = calls.stream().map(CompletableFuture::join).toList();

            assertThat(answers).filteredOn(a -> a.status() == 202).hasSize(30);
            assertThat(answers)
                    .filteredOn(a -> a.status() != 202)
                    .allSatisfy(a -> assertThat(retryAfter(a)).isBetween(1, 60));
        }
    }

    private static int retryAfter(Answer limited) {
        return Integer.parseInt(String.valueOf(limited.is("rate_limited").header("Retry-After")));
    }

    @Test
    void replaysAndRefusalsDoNotCount() {
        send(28);
        for (int i = 0; i < 3; i++) {
            api.post(path, BODY, "Idempotency-Key", "one").is(202);
            api.post(path, "{}").is(400);
        }
        api.post(path + "?test=true", BODY).is(202);

        api.post(path, BODY).is(429);
        api.post(path + "?test=true", BODY).is(429);
        assertThat(api.post(path, BODY, "Idempotency-Key", "one").header("Idempotency-Replayed"))
                .isEqualTo("true");
    }

    @Test
    void windowSlides() {
        send(15);
        age("40 s");
        send(15);
        assertThat(retryAfter(api.post(path, BODY))).isBetween(1, 20);

        age("20 s");

        send(15);
        api.post(path, BODY).is(429);
    }

    @Test
    void whatCouldNotBePublishedDoesNotCount() {
        send(30);
        giveUpAll();

        send(30);
        api.post(path, BODY).is(429);
    }

    @Test
    void takingOverManyGivenUpSendsIsLimitedToo() {
        for (int i = 0; i < 30; i++) {
            api.post(path, BODY, "Idempotency-Key", "key-" + i);
        }
        giveUpAll();
        send(10);

        int accepted = 0;
        for (int i = 0; i < 30; i++) {
            accepted += api.post(path, BODY, "Idempotency-Key", "key-" + i).status() == 202 ? 1 : 0;
        }

        assertThat(accepted).isEqualTo(20);
    }

    @Test
    void adminsAndServicesHaveNoLimit() {
        Api admin = system.admin();
        Api service = system.service("exams-" + TestSystem.newId());
        String direct = "{\"audience\":{\"users\":[7]},\"notification_type\":\"message\",\"message\":\"m\"}";

        for (int i = 0; i < 32; i++) {
            admin.post(path, BODY).is(202);
            service.post("/api/notifications/", direct).is(202);
        }
    }
}
