package io.belfry.acceptance.sending;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.kit.contract.Json;
import io.belfry.kit.http.ApiClient;
import io.belfry.kit.http.Reply;
import io.belfry.kit.system.NotificationSystem;
import io.belfry.kit.system.Platform.Course;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Thirty accepted new sends a minute for each instructor. */
class RateLimitIT {

    private static final JsonNode BODY = Json.object("message", "m");

    private final NotificationSystem system = NotificationSystem.shared();
    private final Course course = system.platform().newCourse(1);

    private List<Reply> sendAtOnce(ApiClient sender, int times) {
        List<CompletableFuture<Reply>> calls = IntStream.range(0, times)
                .mapToObj(each -> sender.sendLater("POST", course.sendPath(), BODY))
                .toList();
        return calls.stream().map(CompletableFuture::join).toList();
    }

    @Test
    void acceptsThirtyOfFortyAtOnceAndReplaysBeyond() {
        ApiClient instructor = system.user(course.instructor());
        Reply keyed = instructor
                .post(course.sendPath(), BODY, "Idempotency-Key", "before")
                .expect(202);
        instructor.post(course.sendPath(), Json.object("message", "")).expectProblem(400);

        List<Reply> replies = sendAtOnce(instructor, 40);

        assertThat(replies.stream().filter(reply -> reply.status() == 202)).hasSize(29);
        List<Reply> refused =
                replies.stream().filter(reply -> reply.status() != 202).toList();
        assertThat(refused).hasSize(11).allSatisfy(reply -> {
            reply.expectProblem(429);
            assertThat(Integer.parseInt(reply.header("Retry-After").orElse("0")))
                    .isBetween(1, 60);
        });
        Reply replay = instructor
                .post(course.sendPath(), BODY, "Idempotency-Key", "before")
                .expect(202);
        assertThat(replay.body()).isEqualTo(keyed.body());
    }

    @Test
    void adminsHaveNoLimit() {
        assertThat(sendAtOnce(system.admin(), 35)).allMatch(reply -> reply.status() == 202);
    }
}
