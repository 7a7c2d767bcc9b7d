package io.belfry.kit.http;

import io.belfry.kit.contract.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The REST door for one caller. What it answers is held against what it says of itself. Safe for use by many threads.
 *
 * @param token null = none
 */
public record ApiClient(URI base, @Nullable String token) {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    public Reply get(String path) {
        return send("GET", path, null);
    }

    public Reply delete(String path) {
        return send("DELETE", path, null);
    }

    public Reply patch(String path) {
        return send("PATCH", path, null);
    }

    /** @param headers names and values in turns */
    public Reply post(String path, @Nullable JsonNode body, String... headers) {
        return send("POST", path, body, headers);
    }

    public Reply send(String method, String path, @Nullable JsonNode body, String... headers) {
        return await(sendLater(method, path, body, headers));
    }

    public CompletableFuture<Reply> sendLater(String method, String path, @Nullable JsonNode body, String... headers) {
        HttpRequest.Builder request = request(path, headers);
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        BodyPublisher publisher = body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(Json.bytes(body));
        return HTTP.sendAsync(request.method(method, publisher).build(), BodyHandlers.ofByteArray())
                .thenApply(Reply::of);
    }

    /** Sends these bytes as they are; no {@code Content-Type} but one among the headers. */
    public Reply sendBytes(String method, String path, byte[] body, String... headers) {
        HttpRequest request = request(path, headers)
                .method(method, BodyPublishers.ofByteArray(body))
                .build();
        return await(HTTP.sendAsync(request, BodyHandlers.ofByteArray()).thenApply(Reply::of));
    }

    private HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path)).timeout(TIMEOUT);
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        return request;
    }

    private static Reply await(CompletableFuture<Reply> reply) {
        try {
            return reply.get();
        } catch (ExecutionException e) {
            throw new UncheckedIOException(new IOException("no answer", e.getCause()));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
