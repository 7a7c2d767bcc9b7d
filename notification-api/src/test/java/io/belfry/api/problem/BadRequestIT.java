package io.belfry.api.problem;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.api.support.Api;
import io.belfry.api.support.Api.Answer;
import io.belfry.api.support.TestSystem;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bad input over real HTTP: a clear answer each time, and nothing of it is stored. */
class BadRequestIT {

    private static final String GOOD = "{\"message\":\"m\"}";
    private static final String DIRECT = "/api/notifications/";

    private final TestSystem system = TestSystem.shared();
    private final long course = TestSystem.newId();
    private final long instructor = TestSystem.newId();
    private final Api api = system.asUser(instructor);
    private final Api admin = system.admin();
    private final String path = "/api/courses/" + course + "/notify-students/";
    private int requestsBefore;

    @BeforeEach
    void instruct() {
        system.database().course(course, instructor);
        requestsBefore = requests();
    }

    @AfterEach
    void nothingIsStored() {
        assertThat(requests()).isEqualTo(requestsBefore);
    }

    private int requests() {
        return system.database()
                .sql()
                .sql("SELECT count(*) FROM notification_request")
                .query(Integer.class)
                .single();
    }

    /** One of each kind that StrictJsonTest has, in bytes. */
    static Stream<byte[]> malformed() {
        return Stream.concat(
                Stream.of(
                                "",
                                "[]",
                                "{",
                                GOOD + "x",
                                "{\"message\":\"m\",\"message\":\"n\"}",
                                "{\"message\":\"\\u0000\"}",
                                "{\"message\":\"\\ud800\"}",
                                "{\"message\":\"m\",\"data\":{\"a\":1e999999999}}",
                                "{\"message\":\"m\",\"data\":" + "{\"a\":".repeat(16) + "{}" + "}".repeat(17),
                                "[".repeat(100_000))
                        .map(text -> text.getBytes(StandardCharsets.UTF_8)),
                Stream.of(
                        GOOD.getBytes(StandardCharsets.UTF_16),
                        "{\"message\":\"ä\"}".getBytes(StandardCharsets.ISO_8859_1)));
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void whatIsNotOneStrictObjectIs400(byte[] body) {
        Answer answer = api.post(path, body, "Content-Type", "application/json").is("malformed_json");

        assertThat(answer.at("errors").isArray()).isTrue();
    }

    static Stream<Arguments> brokenFields() {
        return Stream.of(
                Arguments.of("{}", "message"),
                Arguments.of("{\"message\":\"m\",\"title\":\"" + "\\uD83D\\uDE00".repeat(256) + "\"}", "title"),
                Arguments.of("{\"message\":\"m\",\"notification_type\":\"Message\"}", "notification_type"),
                Arguments.of("{\"message\":\"m\",\"unknown\":1}", "unknown"),
                Arguments.of("{\"message\":\"m\",\"data\":{\"a\":\"" + "a".repeat(16_384) + "\"}}", "data"),
                Arguments.of("{\"message\":\"m\",\"data\":{\"url\":\"javascript:alert(1)\"}}", "data.url"),
                Arguments.of("{\"message\":\"m\",\"data\":{\"url\":\"https://evil.example/\"}}", "data.url"),
                Arguments.of("{\"message\":\"m\",\"data\":{\"label\":\"" + "a".repeat(41) + "\"}}", "data.label"),
                Arguments.of("{\"message\":\"m\",\"data\":{\"label\":5}}", "data.label"),
                Arguments.of(
                        "{\"message\":\"m\",\"data\":{\"url\":\"https://learn.example.org@evil.example/\"}}",
                        "data.url"));
    }

    @ParameterizedTest
    @MethodSource("brokenFields")
    void brokenFieldIsNamed(String body, String field) {
        Answer answer = api.post(path, body).is("invalid_fields").has("errors/0/field", field);

        assertThat(answer.at("errors/0").propertyNames()).containsExactlyInAnyOrder("field", "message");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.9", "\"12\"", "0", "9007199254740992", "null"})
    void idThatIsNoneIsNamedByItsPlace(String id) {
        String body = "{\"audience\":{\"users\":[" + id + "]},\"notification_type\":\"message\",\"message\":\"m\"}";

        admin.post(DIRECT, body).is("invalid_fields").has("errors/0/field", "audience.users[0]");
    }

    @Test
    void audienceHasTenThousandAtMost() {
        String users = "9007199254740991,".repeat(10_000) + "1";
        String body = "{\"audience\":{\"users\":[" + users + "]},\"notification_type\":\"message\",\"message\":\"m\"}";

        admin.post(DIRECT, body).has("errors/0/field", "audience.users");
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "-1", "0", "01", "+1", "9007199254740992", "1;drop", "1.0", "%31%00"})
    void idInTheAddressThatIsNoneIs400(String id) {
        api.get("/api/notifications/" + id + "/").is(400);
        api.patch("/api/notifications/" + id + "/mark_read/").is(400);
        api.delete("/api/notifications/" + id).is(400);
        api.get("/api/courses/" + id + "/").is(400);
        api.post("/api/courses/" + id + "/notify-students/", GOOD).is(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/xml", "application/x-www-form-urlencoded", "*/*", ""})
    void otherMediaTypesAreToldApart(String type) {
        String[] header = type.isEmpty() ? new String[0] : new String[] {"Content-Type", type};

        api.post(path, GOOD.getBytes(StandardCharsets.UTF_8), header).is("unsupported_media_type");
    }

    @Test
    void onlyJsonIsSpoken() {
        api.get(DIRECT, "Accept", "text/html").is("not_acceptable");
        api.post(path, GOOD, "Accept", "text/html").is("not_acceptable");
        api.get(DIRECT, "Accept", "text/html, */*;q=0.1").is(200);
        Answer encoded = api.post(path, GOOD, "Content-Encoding", "gzip").is("unsupported_media_type");
        assertThat(encoded.header("Accept-Encoding")).isEqualTo("identity");
    }

    @ParameterizedTest
    @CsvSource({
        "PUT,/api/notifications/,'GET,POST'",
        "GET,/api/notifications/mark_all_read/,POST",
        "DELETE,/api/notifications/unread_count/,GET",
        "PATCH,/api/notifications/changes/,GET",
        "POST,/api/notifications/5/mark_read/,PATCH",
        "GET,/api/courses/5/notify-students/,POST",
        "FROB,/api/me/,GET"
    })
    void otherMethodsAreToldWhatIsAllowed(String method, String address, String allowed) {
        Answer answer = api.call(method, address).is("method_not_allowed");

        assertThat(answer.header("Allow").split(", ?")).containsExactlyInAnyOrder(allowed.split(","));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/",
                "/api/nothing/",
                "/api/notifications/1/nothing/",
                "/api/courses/1/2/3",
                "/api/notifications/1/mark_read/x"
            })
    void unknownCallsAreProblems(String unknown) {
        api.get(unknown).is("not_found");
        api.get(unknown, "Accept", "text/html").is("not_found");
        api.post(unknown, "{}").is(404);
    }

    @ParameterizedTest
    @CsvSource({
        "/actuator,404",
        "/actuator/env,404",
        "/actuator/heapdump,404",
        "/heapdump,404",
        "/..;/actuator/env,404",
        "/api/..;/actuator/env,'400,401,404'",
        "/actuator;x/env,404",
        "/actuator%2fenv,400",
        "/error,404"
    })
    void whatIsForOperatorsIsNotHere(String hidden, String statuses) {
        Answer answer = system.anonymous().get(hidden);

        assertThat(statuses.split(",")).contains(String.valueOf(answer.status()));
    }

    @Test
    void bodyIsBoundedWhereItsSizeIsTold() {
        String spaces = " ".repeat(192 * 1024);
        api.post(path, spaces).is(400);
        api.post(path, spaces + " ").is("body_too_large");
        admin.post(DIRECT, spaces + spaces).is(400);
        admin.post("/api/notifications", " ".repeat(512 * 1024 + 1)).is("body_too_large");
    }

    @Test
    void emptyBodyIsAnAbsentOneWhateverItsType() {
        for (String type : List.of("application/x-www-form-urlencoded", "text/plain", "application/json")) {
            api.post("/api/notifications/mark_all_read/", new byte[0], "Content-Type", type)
                    .is(200);
            api.post(path, new byte[0], "Content-Type", type).is("malformed_json");
        }
    }
}
