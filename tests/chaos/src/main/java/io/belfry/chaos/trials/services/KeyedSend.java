package io.belfry.chaos.trials.services;

import static org.awaitility.Awaitility.await;

import io.belfry.chaos.harness.Arena;
import io.belfry.chaos.load.OperationLog.End;
import io.belfry.chaos.load.OperationLog.Operation;
import io.belfry.kit.contract.Json;
import io.belfry.kit.http.ApiClient;
import io.belfry.kit.http.Reply;
import io.belfry.kit.kafka.Events;
import io.belfry.kit.system.Platform.Course;
import io.belfry.localstack.system.Service;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One send to a course under a key, and all that its callers are told, which the history has where it is wrong. For one thread. */
final class KeyedSend {

    /** Of a call that asks again until it is told the end. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Duration BETWEEN_CALLS = Duration.ofMillis(500);

    private final Arena arena;
    private final Course course;
    private final String token;
    private final Operation operation;
    private final JsonNode body;
    private final Set<String> requestIds = new HashSet<>();
    private int first;

    /** @param token of who sends it */
    KeyedSend(Arena arena, Course course, String token) {
        this.arena = arena;
        this.course = course;
        this.token = token;
        this.operation = arena.log().begin("keyed-" + Events.newId(), course.students());
        this.body = Json.object("title", operation.id(), "message", "m");
    }

    /** This many calls at once, by turns at these apis. */
    List<CompletableFuture<@Nullable Reply>> calls(int count, List<Service> apis) {
        return IntStream.range(0, count)
                .mapToObj(i -> call(apis.get(i % apis.size()), body))
                .toList();
    }

    /** Null if there is no answer. */
    private CompletableFuture<@Nullable Reply> call(Service api, JsonNode content) {
        return new ApiClient(URI.create(api.address()), token)
                .sendLater("POST", course.sendPath(), content, "Idempotency-Key", operation.id())
                .handle((reply, failure) -> reply);
    }

    /** Waits for the answers; returns how many said that it is accepted. */
    int answers(List<CompletableFuture<@Nullable Reply>> calls) {
        int accepted = 0;
        for (CompletableFuture<@Nullable Reply> call : calls) {
            Reply reply = call.join();
            if (operation.answered(reply) == End.OK && reply != null) {
                accepted++;
                requestIds.add(reply.body().path("request_id").asString());
                if (reply.header("Idempotency-Replayed").isEmpty()) {
                    first++;
                }
            }
        }
        return accepted;
    }

    /** Whether an api has begun to publish it. */
    boolean isClaimed() {
        return arena.system()
                        .database()
                        .count("SELECT count(*) FROM notification_request WHERE idempotency_key = ?", operation.id())
                == 1;
    }

    void untilAccepted(Service api) {
        await("send " + operation.id() + " is accepted")
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(BETWEEN_CALLS)
                .until(() -> answers(calls(1, List.of(api))) == 1);
    }

    /** Whether a call was told that it sent it; none was if it became known only by its being stored. */
    boolean wasNew() {
        return first > 0;
    }

    /** Nothing else is sent under its key, and every caller that was answered was told of this one. */
    void isTheOnlyOne(List<Service> apis) {
        operation.end(End.OK);
        for (Service api : apis) {
            Reply other = call(api, Json.object("title", "not " + operation.id(), "message", "m"))
                    .join();
            if (other == null || other.status() != 422) {
                operation.wrong("another body: " + (other == null ? "nothing" : other.status()));
            }
        }
        if (requestIds.size() != 1 || first > 1) {
            operation.wrong(first + " times as new, under " + requestIds);
        }
    }
}
