package io.belfry.api.support;

import io.belfry.json.StrictJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** A client of the REST door over real HTTP, as one caller. */
public final class Api {

    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    private final String base;
    private final String token;

    private Api(String base, String token) {
        this.base = base;
        this.token = token;
    }

    public static Api anonymous(String base) {
        return new Api(base, null);
    }

    public static Api of(String base, String token) {
        return new Api(base, token);
    }

    public Answer get(String path, String... headers) {
        return call("GET", path, BodyPublishers.noBody(), headers);
    }

    public Answer post(String path, String json, String... headers) {
        List<String> all = new ArrayList<>(List.of("Content-Type", "application/json"));
        all.addAll(List.of(headers));
        return call("POST", path, BodyPublishers.ofString(json), all.toArray(String[]::new));
    }

    public Answer patch(String path) {
        return call("PATCH", path, BodyPublishers.noBody());
    }

    public Answer delete(String path) {
        return call("DELETE", path, BodyPublishers.noBody());
    }

    public Answer call(String method, String path, BodyPublisher body, String... headers) {
        URI uri = URI.create(path.startsWith("http") ? path : base + path);
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri).method(method, body).timeout(Duration.ofSeconds(30));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return new Answer(HTTP.send(request.build(), BodyHandlers.ofByteArray()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What came back. */
    public record Answer(HttpResponse<byte[]> response) {

        public int status() {
            return response.statusCode();
        }

        public String header(String name) {
            return response.headers().firstValue(name).orElse(null);
        }

        public String text() {
            return new String(response.body(), StandardCharsets.UTF_8);
        }

        public JsonNode json() {
            return StrictJson.ignoringUnknownFields().parse(response.body(), 18);
        }

        /** A member of the body, by its path, e.g. {@code results/0/id}. */
        public JsonNode at(String path) {
            return json().at("/" + path);
        }

        /** The last part of a problem's type; fails if it is no problem. */
        public String problem() {
            if (!"application/problem+json".equals(header("Content-Type"))) {
                throw new AssertionError("no problem but " + status() + " " + header("Content-Type") + ": " + text());
            }
            JsonNode body = json();
            if (body.path("status").intValue() != status()) {
                throw new AssertionError("status " + status() + " with " + text());
            }
            return body.path("type").stringValue().replace("urn:belfry:problem:", "");
        }
    }
}
