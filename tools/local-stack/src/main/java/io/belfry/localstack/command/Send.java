package io.belfry.localstack.command;

import io.belfry.localstack.process.ProcessFailedException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;

/** An instructor's send to a course, followed until it is stored. */
final class Send {

    private static final Duration STORED_WITHIN = Duration.ofSeconds(30);

    private final LocalSettings settings;

    Send(LocalSettings settings) {
        this.settings = settings;
    }

    int run(String person, long course, String title, String message) {
        DemoApi api = new DemoApi(settings);
        String token = api.token(person);
        DemoApi.Answer answer = api.post(
                "/api/courses/" + course + "/notify-students/",
                Map.of("title", title, "message", message),
                Map.of(
                        "Authorization",
                        "Bearer " + token,
                        "Idempotency-Key",
                        UUID.randomUUID().toString()));
        System.out.println(answer.status() + " " + answer.text());
        if (!answer.isSuccess()) {
            return 1;
        }
        DemoApi.Answer outcome =
                awaitOutcome(api, token, answer.json().path("status_url").asString());
        System.out.println(outcome.text());
        return outcome.json().path("status").asString().equals("stored") ? 0 : 1;
    }

    private static DemoApi.Answer awaitOutcome(DemoApi api, String token, String statusUrl) {
        long deadline = System.nanoTime() + STORED_WITHIN.toNanos();
        while (true) {
            DemoApi.Answer status = api.get(statusUrl, token);
            boolean open = !status.isSuccess()
                    || status.json().path("status").asString().equals("accepted");
            if (!open) {
                return status;
            }
            if (System.nanoTime() > deadline) {
                throw new ProcessFailedException("accepted, but not stored yet: " + status.text());
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProcessFailedException("interrupted", e);
        }
    }
}
