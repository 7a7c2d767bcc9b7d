package io.belfry.acceptance.input;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.kit.contract.Json;
import io.belfry.kit.http.ApiClient;
import io.belfry.kit.http.Reply;
import io.belfry.kit.system.NotificationSystem;
import io.belfry.kit.system.Platform.Course;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Bodies that break a rule are refused with the field that broke it; those just within are not. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadBodiesIT {

    private final NotificationSystem system = NotificationSystem.shared();
    private final Course course = system.platform().newCourse(1);
    private final ApiClient admin = system.admin();

    private Reply sendRaw(String body) {
        return sendRaw(body.getBytes(StandardCharsets.UTF_8));
    }

    private Reply sendRaw(byte[] body) {
        return admin.sendBytes("POST", course.sendPath(), body, "Content-Type", "application/json");
    }

    static Stream<Arguments> badBodies() {
        return Stream.of(
                Arguments.of("nothing", "", ""),
                Arguments.of("null", "null", ""),
                Arguments.of("an array", "[]", ""),
                Arguments.of("a text", "\"m\"", ""),
                Arguments.of("no JSON", "message=m", ""),
                Arguments.of("cut off", "{\"message\":\"m\"", ""),
                Arguments.of("text after the end", "{\"message\":\"m\"} x", ""),
                Arguments.of("a name twice", "{\"message\":\"m\",\"message\":\"n\"}", ""),
                Arguments.of("NaN", "{\"message\":\"m\",\"data\":{\"a\":NaN}}", ""),
                Arguments.of("a comment", "{\"message\":\"m\" /* hi */}", ""),
                Arguments.of("single quotes", "{'message':'m'}", ""),
                Arguments.of("a trailing comma", "{\"message\":\"m\",}", ""),
                Arguments.of("a byte order mark", "\uFEFF{\"message\":\"m\"}", ""),
                Arguments.of("a NUL in the message", "{\"message\":\"\\u0000\"}", ""),
                Arguments.of("a NUL in a name", "{\"message\":\"m\",\"data\":{\"\\u0000\":1}}", ""),
                Arguments.of("half a surrogate pair", "{\"message\":\"\\ud800\"}", ""),
                Arguments.of("1e999", "{\"message\":\"m\",\"data\":{\"a\":1e999}}", ""),
                Arguments.of("1e999999999", "{\"message\":\"m\",\"data\":{\"a\":1e999999999}}", ""),
                Arguments.of("1,001 digits", "{\"message\":\"m\",\"data\":{\"a\":" + "9".repeat(1001) + "}}", ""),
                Arguments.of("data of 17 levels", "{\"message\":\"m\",\"data\":" + Json.nested(17) + "}", ""),
                Arguments.of("data of 501 levels", "{\"message\":\"m\",\"data\":" + Json.nested(501) + "}", ""),
                Arguments.of("20,000 arrays", "{\"message\":\"m\",\"data\":{\"a\":" + "[".repeat(20_000), ""),
                Arguments.of("an unknown field", "{\"message\":\"m\",\"mesage\":\"m\"}", "mesage"),
                Arguments.of("no message", "{\"title\":\"t\"}", "message"),
                Arguments.of("a message that is null", "{\"message\":null}", "message"),
                Arguments.of("an empty message", "{\"message\":\"\"}", "message"),
                Arguments.of("a message of 10,001", "{\"message\":\"" + "m".repeat(10_001) + "\"}", "message"),
                Arguments.of("a title of 256", "{\"message\":\"m\",\"title\":\"" + "t".repeat(256) + "\"}", "title"),
                Arguments.of("a number as message", "{\"message\":5}", "message"),
                Arguments.of("true as title", "{\"message\":\"m\",\"title\":true}", "title"),
                Arguments.of(
                        "an unknown type",
                        "{\"message\":\"m\",\"notification_type\":\"exam_results\"}",
                        "notification_type"),
                Arguments.of(
                        "a type in capitals",
                        "{\"message\":\"m\",\"notification_type\":\"MESSAGE\"}",
                        "notification_type"),
                Arguments.of("a number as type", "{\"message\":\"m\",\"notification_type\":0}", "notification_type"),
                Arguments.of("an array as data", "{\"message\":\"m\",\"data\":[]}", "data"),
                Arguments.of("a text as data", "{\"message\":\"m\",\"data\":\"{}\"}", "data"),
                Arguments.of(
                        "data over 16 KiB",
                        "{\"message\":\"m\",\"data\":{\"text\":\"" + "x".repeat(16 * 1024 - 10) + "\"}}",
                        "data"),
                Arguments.of("javascript as url", url("javascript:alert(1)"), "data.url"),
                Arguments.of("http as url", url("http://" + NotificationSystem.LINK_HOST + "/"), "data.url"),
                Arguments.of("a strange host as url", url("https://evil.example/"), "data.url"),
                Arguments.of("a host without a scheme as url", url("//evil.example/"), "data.url"),
                Arguments.of("a backslash as host", url("/\\\\evil.example"), "data.url"),
                Arguments.of("a control character in url", url("/a\\nb"), "data.url"),
                Arguments.of("an empty url", url(""), "data.url"),
                Arguments.of("a relative url", url("rooms/12"), "data.url"),
                Arguments.of(
                        "our host as user name",
                        url("https://" + NotificationSystem.LINK_HOST + "@evil.example/"),
                        "data.url"),
                Arguments.of(
                        "our host as a prefix",
                        url("https://" + NotificationSystem.LINK_HOST + ".evil.example/"),
                        "data.url"),
                Arguments.of("a number as url", "{\"message\":\"m\",\"data\":{\"url\":5}}", "data.url"),
                Arguments.of("a url of 2,049", url("/" + "a".repeat(2048)), "data.url"));
    }

    private static String url(String url) {
        return "{\"message\":\"m\",\"data\":{\"url\":\"" + url + "\"}}";
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badBodies")
    void badBodyIs400AndNamesTheField(String what, String body, String field) {
        JsonNode problem = sendRaw(body).expectProblem(400);

        if (!field.isEmpty()) {
            assertThat(problem.path("errors").isArray()).as(what).isTrue();
            assertThat(problem.path("errors").findValuesAsString("field")).contains(field);
            problem.path("errors")
                    .forEach(error -> assertThat(error.propertyNames()).containsExactlyInAnyOrder("field", "message"));
        }
    }

    @Test
    void bytesThatAreNotUtf8AreRefused() {
        sendRaw(new byte[] {
                    '{', '"', 'm', 'e', 's', 's', 'a', 'g', 'e', '"', ':', '"', (byte) 0xC0, (byte) 0xAF, '"', '}'
                })
                .expectProblem(400);
        sendRaw("{\"message\":\"m\"}".getBytes(StandardCharsets.UTF_16)).expectProblem(400);
        sendRaw("{\"message\":\"\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1))
                .expectProblem(400);
    }

    @Test
    void bordersThatAreAllowedAreAllowed() {
        sendRaw("{\"message\":\"" + "\uD83D\uDE00".repeat(10_000) + "\",\"title\":\"" + "\uD83D\uDE00".repeat(255)
                        + "\"}")
                .expect(202);
        sendRaw("{\"message\":\"m\",\"data\":" + Json.nested(16) + "}").expect(202);
        sendRaw("{\"message\":\"m\",\"data\":{\"text\":\"" + "x".repeat(16 * 1024 - 11) + "\"}}")
                .expect(202);
        sendRaw(url("https://" + NotificationSystem.LINK_HOST + "/a?b=c")).expect(202);
        sendRaw("{\"message\":\"m\",\"data\":null,\"title\":null,\"notification_type\":null}")
                .expect(202);
        sendRaw("{\"message\":\"<img src=x onerror=alert(1)> \u202E\"}").expect(202);
    }

    static Stream<Arguments> badAudiences() {
        return Stream.of(
                Arguments.of("none", "null", "audience"),
                Arguments.of("neither", "{}", "audience"),
                Arguments.of("both", "{\"users\":[7],\"course\":1}", "audience"),
                Arguments.of("nobody", "{\"users\":[]}", "audience.users"),
                Arguments.of("no list", "{\"users\":7}", "audience.users"),
                Arguments.of("user 0", "{\"users\":[7,0]}", "audience.users[1]"),
                Arguments.of("user -1", "{\"users\":[-1]}", "audience.users[0]"),
                Arguments.of("user 1.9", "{\"users\":[1.9]}", "audience.users[0]"),
                Arguments.of("user 1.0", "{\"users\":[1.0]}", "audience.users[0]"),
                Arguments.of("user as text", "{\"users\":[7,8,9,\"12\"]}", "audience.users[3]"),
                Arguments.of("user true", "{\"users\":[true]}", "audience.users[0]"),
                Arguments.of("user null", "{\"users\":[null]}", "audience.users[0]"),
                Arguments.of("user 2^53", "{\"users\":[9007199254740992]}", "audience.users[0]"),
                Arguments.of("user 2^64", "{\"users\":[18446744073709551616]}", "audience.users[0]"),
                Arguments.of("course as text", "{\"course\":\"1\"}", "audience.course"),
                Arguments.of("course 0", "{\"course\":0}", "audience.course"),
                Arguments.of("an unknown field", "{\"users\":[7],\"group\":1}", "audience.group"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badAudiences")
    void badAudienceIs400AndNamesTheField(String what, String audience, String field) {
        String body = "{\"audience\":" + audience + ",\"notification_type\":\"message\",\"message\":\"m\"}";
        JsonNode problem = admin.sendBytes(
                        "POST",
                        "/api/notifications/",
                        body.getBytes(StandardCharsets.UTF_8),
                        "Content-Type",
                        "application/json")
                .expectProblem(400);

        assertThat(problem.path("errors").findValuesAsString("field")).as(what).contains(field);
    }

    @Test
    void tenThousandUsersFitAndOneMoreDoesNot() {
        ApiClient service = system.service("exams");
        List<Long> tooMany = LongStream.rangeClosed(1, 10_001).boxed().toList();
        JsonNode body =
                Json.object("audience", Map.of("users", tooMany), "notification_type", "message", "message", "m");
        service.post("/api/notifications/", body).expectProblem(400);
    }

    @Test
    void everyBrokenRuleIsNamedAtOnce() {
        JsonNode problem = sendRaw("{\"title\":\"" + "t".repeat(256) + "\",\"message\":\"\"}")
                .expectProblem(400);

        assertThat(problem.path("errors").findValuesAsString("field")).contains("title", "message");
    }
}
