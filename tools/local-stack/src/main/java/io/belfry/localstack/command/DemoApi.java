package io.belfry.localstack.command;

import io.belfry.localstack.process.ProcessFailedException;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The running api's public doors, as a person with a demo account uses them. */
final class DemoApi {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final String address;

    DemoApi(LocalSettings settings) {
        address = settings.apiAddress();
    }

    /** An answer, whatever its status. */
    private record Answer(int status, String text) {

        boolean isSuccess() {
            return status / 100 == 2;
        }

        JsonNode field(String name) {
            return JSON.readTree(text).path(name);
        }
    }

    /** @throws ProcessFailedException when the api is not there or does not know the person */
    String token(String person) {
        Answer answer = answer(post("/api/demo/token", Map.of("username", person)));
        if (!answer.isSuccess()) {
            throw new ProcessFailedException(
                    "no token for " + person + ": " + answer.field("detail").asString(answer.text()));
        }
        return answer.field("access").asString();
    }

    /** Waits until the directory shows course 1 with so many students. */
    void awaitSchool(int students) throws InterruptedException {
        Answer answer =
                Poll.until(PATIENCE, () -> get("/api/courses/1/", token("ines")), shown -> isSchool(shown, students));
        if (!isSchool(answer, students)) {
            throw new ProcessFailedException(
                    "the demo school does not arrive: course 1 is answered with " + answer.text());
        }
    }

    private static boolean isSchool(Answer course, int students) {
        return course.isSuccess() && course.field("students").asInt(0) == students;
    }

    /**
     * A send to a course, followed until it is stored.
     *
     * @param answers gets a line for each answer
     * @return whether it is stored
     */
    boolean send(String person, long course, String title, String message, PrintStream answers)
            throws InterruptedException {
        String token = token(person);
        Answer accepted =
                answer(post("/api/courses/" + course + "/notify-students/", Map.of("title", title, "message", message))
                        .header("Authorization", "Bearer " + token)
                        .header("Idempotency-Key", UUID.randomUUID().toString()));
        answers.println(accepted.status() + " " + accepted.text());
        if (!accepted.isSuccess()) {
            return false;
        }
        String statusUrl = accepted.field("status_url").asString();
        Answer outcome = Poll.until(PATIENCE, () -> get(statusUrl, token), DemoApi::isDecided);
        if (!isDecided(outcome)) {
            throw new ProcessFailedException("accepted, but not stored yet: " + outcome.text());
        }
        answers.println(outcome.text());
        return outcome.field("status").asString().equals("stored");
    }

    private static boolean isDecided(Answer status) {
        return status.isSuccess() && !status.field("status").asString().equals("accepted");
    }

    private Answer get(String pathOrAddress, String token) {
        return answer(request(pathOrAddress).header("Authorization", "Bearer " + token));
    }

    private HttpRequest.Builder post(String path, Map<String, String> body) {
        return request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(JSON.writeValueAsString(body)));
    }

    private HttpRequest.Builder request(String pathOrAddress) {
        return HttpRequest.newBuilder(URI.create(address).resolve(pathOrAddress))
                .timeout(Duration.ofSeconds(10));
    }

    private Answer answer(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body());
        } catch (ConnectException e) {
            throw new ProcessFailedException("nothing answers at " + address + ": is ./dev up running?", e);
        } catch (IOException e) {
            throw new ProcessFailedException("the api does not answer: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProcessFailedException("interrupted", e);
        }
    }
}
