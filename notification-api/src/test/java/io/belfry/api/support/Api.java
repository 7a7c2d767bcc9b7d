package io.belfry.api.support;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.kit.contract.Json;
import io.belfry.kit.http.ApiClient;
import io.belfry.kit.http.Reply;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The REST door for one caller, with bodies as text: it may be no JSON. */
public record Api(ApiClient client) {

    public static Api of(String base, @Nullable String token) {
        return new Api(new ApiClient(URI.create(base), token));
    }

    public Answer get(String path, String... headers) {
        return call("GET", path, headers);
    }

    public Answer patch(String path) {
        return call("PATCH", path);
    }

    public Answer patch(String path, String json) {
        return new Answer(client.sendBytes(
                "PATCH", path, json.getBytes(StandardCharsets.UTF_8), "Content-Type", "application/json"));
    }

    public Answer delete(String path) {
        return call("DELETE", path);
    }

    /** Without a body. */
    public Answer call(String method, String path, String... headers) {
        return new Answer(client.send(method, path, null, headers));
    }

    public Answer post(String path, String json, String... headers) {
        String[] all = Stream.concat(Stream.of("Content-Type", "application/json"), Stream.of(headers))
                .toArray(String[]::new);
        return post(path, json.getBytes(StandardCharsets.UTF_8), all);
    }

    /** With no type but one among the headers. */
    public Answer post(String path, byte[] body, String... headers) {
        return new Answer(client.sendBytes("POST", path, body, headers));
    }

    public CompletableFuture<Answer> later(String method, String path, @Nullable String json, String... headers) {
        return client.sendLater(method, path, json == null ? null : Json.parse(json), headers)
                .thenApply(Answer::new);
    }

    /** What came back. */
    public record Answer(Reply reply) {

        public int status() {
            return reply.status();
        }

        public @Nullable String header(String name) {
            return reply.header(name).orElse(null);
        }

        public String text() {
            return reply.text();
        }

        public JsonNode json() {
            return reply.body();
        }

        /** A member of the body, by its path, e.g. {@code results/0/id}. */
        public JsonNode at(String path) {
            return json().at("/" + path);
        }

        public String string(String path) {
            return at(path).stringValue();
        }

        public long number(String path) {
            return at(path).longValue();
        }

        /** The ids of an array, of objects or bare. */
        public List<Long> ids(String array) {
            List<Long> ids = new ArrayList<>();
            at(array).forEach(row -> ids.add(row.isObject() ? row.path("id").longValue() : row.longValue()));
            return ids;
        }

        public Answer is(int status) {
            reply.expect(status);
            return this;
        }

        /** @param code of the problem that it is */
        public Answer is(String code) {
            assertThat(header("Content-Type")).as(reply.call() + text()).isEqualTo("application/problem+json");
            assertThat(at("status").intValue()).isEqualTo(status());
            assertThat(reply.problemCode()).as(reply.call()).isEqualTo(code);
            return this;
        }

        public Answer hasFields(String... names) {
            assertThat(json().propertyNames()).containsExactlyInAnyOrder(names);
            return this;
        }

        /** Has these members, by path and value in turns. */
        public Answer has(@Nullable Object... pathsAndValues) {
            for (int i = 0; i < pathsAndValues.length; i += 2) {
                JsonNode expected = Json.object("value", pathsAndValues[i + 1]).path("value");
                JsonNode found = at(String.valueOf(pathsAndValues[i]));
                assertThat(found.toString())
                        .as(pathsAndValues[i] + " of " + text())
                        .isEqualTo(expected.toString());
            }
            return this;
        }
    }
}
