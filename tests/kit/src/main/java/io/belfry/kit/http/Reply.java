package io.belfry.kit.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.kit.contract.Json;
import io.belfry.kit.contract.ProtocolPage;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** An answer of the api. */
public record Reply(String call, int status, HttpResponse<byte[]> response) {

    static Reply of(HttpResponse<byte[]> response) {
        Descriptions.compareLater(response);
        String call = response.request().method() + " " + response.request().uri();
        return new Reply(call, response.statusCode(), response);
    }

    public String text() {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    public JsonNode body() {
        return Json.parse(response.body());
    }

    public Optional<String> header(String name) {
        return response.headers().firstValue(name);
    }

    /** This answer, if it has this status. */
    public Reply expect(int expected) {
        assertThat(status).as("%s answered %s", call, text()).isEqualTo(expected);
        return this;
    }

    /** The body, if it is a problem of this status by RFC 9457 in every part that the contract names. */
    public JsonNode expectProblem(int expected) {
        expect(expected);
        assertThat(header("content-type").orElse("none")).as(call).startsWith("application/problem+json");
        JsonNode problem = body();
        assertThat(problem.path("type").asString()).as("%s %s", call, text()).startsWith("urn:belfry:problem:");
        assertThat(problem.path("title").isString()).as("%s %s", call, text()).isTrue();
        assertThat(problem.path("status").asInt()).as(call).isEqualTo(expected);
        assertThat(problem.path("detail").isString()).as("%s %s", call, text()).isTrue();
        assertThat(ProtocolPage.problems()).as("docs/protocol.md").containsEntry(problemCode(), expected);
        assertThat(text()).as(call).doesNotContain("Exception", "\tat ", "org.springframework", "java.lang");
        return problem;
    }

    /** The problem's code, the last part of its type. */
    public String problemCode() {
        return body().path("type").asString().replace("urn:belfry:problem:", "");
    }
}
