package io.belfry.acceptance.sending;

import static org.awaitility.Awaitility.await;

import io.belfry.kit.contract.Json;
import io.belfry.kit.http.ApiClient;
import io.belfry.kit.system.Platform.Course;
import java.time.Duration;
import tools.jackson.databind.JsonNode;

/** Where a send stands, as its sender is told. */
final class Requests {

    private Requests() {}

    /** Sends to the students of a course; returns the request's id. */
    static String send(ApiClient sender, Course course, String title) {
        return sender.post(course.sendPath(), Json.object("title", title, "message", "m"))
                .expect(202)
                .body()
                .path("request_id")
                .asString();
    }

    static JsonNode status(ApiClient sender, String requestId) {
        return sender.get("/api/notification-requests/" + requestId + "/")
                .expect(200)
                .body();
    }

    static JsonNode awaitStatus(ApiClient sender, String requestId, String status) {
        return await("request " + requestId + " is " + status)
                .atMost(Duration.ofSeconds(60))
                .until(
                        () -> status(sender, requestId),
                        shown -> shown.path("status").asString().equals(status));
    }
}
