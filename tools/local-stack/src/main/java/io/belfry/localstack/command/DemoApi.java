package io.belfry.localstack.command;

import io.belfry.localstack.process.ProcessFailedException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The running api's public doors, as a person with a demo account uses them. */
final class DemoApi {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration SCHOOL_WITHIN = Duration.ofSeconds(30);

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final LocalSettings settings;

    DemoApi(LocalSettings settings) {
        this.settings = settings;
    }

    /** An answer, whatever its status. */
    record Answer(int status, String text) {

        boolean isSuccess() {
            return status / 100 == 2;
        }

        JsonNode json() {
            return JSON.readTree(text);
        }
    }

    /** @throws ProcessFailedException when the api is not there or does not know the person */
    String token(String person) {
        Answer answer = post("/api/demo/token", Map.of("username", person), Map.of());
        if (!answer.isSuccess()) {
            String why = answer.json().path("detail").asString(answer.text());
            throw new ProcessFailedException("no token for " + person + ": " + why);
        }
        return answer.json().path("access").asString();
    }

    Answer get(String pathOrAddress, String token) {
        return answer(request(pathOrAddress).header("Authorization", "Bearer " + token));
    }

    Answer post(String path, Object body, Map<String, String> headers) {
        HttpRequest.Builder request = request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(JSON.writeValueAsString(body)));
        headers.forEach(request::header);
        return answer(request);
    }

    /** Waits until the directory shows course 1 with so many students. */
    void awaitSchool(int students) throws InterruptedException {
        long deadline = System.nanoTime() + SCHOOL_WITHIN.toNanos();
        Answer answer = get("/api/courses/1/", token("ines"));
        while (!answer.isSuccess() || answer.json().path("students").asInt(0) != students) {
            if (System.nanoTime() > deadline) {
                throw new ProcessFailedException(
                        "the demo school does not arrive: course 1 is answered with " + answer.text());
            }
            Thread.sleep(100);
            answer = get("/api/courses/1/", token("ines"));
        }
    }

    private HttpRequest.Builder request(String pathOrAddress) {
        return HttpRequest.newBuilder(URI.create(settings.apiAddress()).resolve(pathOrAddress))
                .timeout(Duration.ofSeconds(10));
    }

    private Answer answer(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body());
        } catch (ConnectException e) {
            throw new ProcessFailedException(
                    "nothing answers at " + settings.apiAddress() + ": is ./dev up running?", e);
        } catch (IOException e) {
            throw new ProcessFailedException("the api does not answer: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProcessFailedException("interrupted", e);
        }
    }
}
