package io.belfry.acceptance.sending;

import static org.awaitility.Awaitility.await;

import io.belfry.kit.http.ApiClient;
import java.time.Duration;
import tools.jackson.databind.JsonNode;

/** Where a send stands, as its sender is told. */
public final class Requests {

    private Requests() {}

    public static JsonNode status(ApiClient sender, String requestId) {
        return sender.get("/api/notification-requests/" + requestId + "/")
                .expect(200)
                .body();
    }

    public static JsonNode awaitStatus(ApiClient sender, String requestId, String status) {
        return await("request " + requestId + " is " + status)
                .atMost(Duration.ofSeconds(60))
                .until(
                        () -> status(sender, requestId),
                        shown -> shown.path("status").asString().equals(status));
    }
}
