package io.belfry.api.sending;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.api.support.Api;
import io.belfry.api.support.Api.Answer;
import io.belfry.api.support.ApiNode;
import io.belfry.api.support.TestDatabase;
import io.belfry.api.support.TestSystem;
import io.belfry.api.support.Together;
import io.belfry.api.support.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
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
        database.course(course, "Algebra");
        database.member(course, instructor, "instructor");
    }

    private void send(int count) {
        for (int i = 0; i < count; i++) {
            assertThat(api.post(path, BODY).status()).isEqualTo(202);
        }
    }

    private void age(String by) {
        database.sql()
                .sql("UPDATE notification_request SET claimed_at = claimed_at - ?::interval WHERE caller = ?")
                .params(by, "user:" + instructor)
                .update();
    }

    @Test
    void exactlyThirtyOfTwoHundredOnTwoNodesAreAccepted() throws Exception {
        try (ApiNode second = ApiNode.start(system.environment())) {
            Api other = Api.of(second.url(), Tokens.user(instructor));
            String admin = Tokens.admin(TestSystem.newId());
            assertThat(Api.of(second.url(), admin).post(path, BODY).status()).isEqualTo(202);
            List<Callable<Answer>> calls = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                Api node = i % 2 == 0 ? api : other;
                calls.add(() -> node.post(path, BODY));
            }

            List<Answer> answers = Together.run(calls);

            assertThat(answers).filteredOn(a -> a.status() == 202).hasSize(30);
            assertThat(answers).filteredOn(a -> a.status() != 202).allSatisfy(a -> {
                assertThat(a.problem()).isEqualTo("rate_limited");
                assertThat(Integer.parseInt(a.header("Retry-After"))).isBetween(1, 60);
            });
        }
    }

    @Test
    void replaysAndRefusalsDoNotCount() {
        send(28);
        for (int i = 0; i < 3; i++) {
            assertThat(api.post(path, BODY, "Idempotency-Key", "one").status()).isEqualTo(202);
            assertThat(api.post(path, "{}").status()).isEqualTo(400);
        }
        send(1);

        assertThat(api.post(path, BODY).status()).isEqualTo(429);
        assertThat(api.post(path, BODY, "Idempotency-Key", "one").header("Idempotency-Replayed"))
                .isEqualTo("true");
    }

    @Test
    void windowSlides() {
        send(15);
        age("40 s");
        send(15);
        Answer refused = api.post(path, BODY);
        assertThat(refused.status()).isEqualTo(429);
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 20);

        age("20 s");

        send(15);
        assertThat(api.post(path, BODY).status()).isEqualTo(429);
    }

    @Test
    void whatCouldNotBePublishedDoesNotCount() {
        send(30);
        database.sql()
                .sql("UPDATE notification_request SET status = 'pending', claimed_at = NULL WHERE caller = ?")
                .param("user:" + instructor)
                .update();

        send(30);
        assertThat(api.post(path, BODY).status()).isEqualTo(429);
    }

    @Test
    void takingOverManyGivenUpSendsIsLimitedToo() {
        for (int i = 0; i < 30; i++) {
            api.post(path, BODY, "Idempotency-Key", "key-" + i);
        }
        database.sql()
                .sql("UPDATE notification_request SET status = 'pending', claimed_at = NULL WHERE caller = ?")
                .param("user:" + instructor)
                .update();
        send(10);

        int accepted = 0;
        for (int i = 0; i < 30; i++) {
            accepted += api.post(path, BODY, "Idempotency-Key", "key-" + i).status() == 202 ? 1 : 0;
        }

        assertThat(accepted).isEqualTo(20);
    }

    @Test
    void adminsAndServicesHaveNoLimit() {
        Api admin = system.as(Tokens.admin(TestSystem.newId()));
        Api service = system.as(Tokens.service("exams-" + TestSystem.newId()));
        String direct = "{\"audience\":{\"users\":[7]},\"notification_type\":\"message\",\"message\":\"m\"}";

        for (int i = 0; i < 32; i++) {
            assertThat(admin.post(path, BODY).status()).isEqualTo(202);
            assertThat(service.post("/api/notifications/", direct).status()).isEqualTo(202);
        }
    }
}
