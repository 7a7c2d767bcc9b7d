package io.belfry.api.problem;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.api.support.Api;
import io.belfry.api.support.Api.Answer;
import io.belfry.api.support.TestSystem;
import io.belfry.api.support.Tokens;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bad input over real HTTP: a clear answer each time, and nothing of it is stored. */
class BadRequestIT {

    private final TestSystem system = TestSystem.shared();
    private final long course = TestSystem.newId();
    private final long instructor = TestSystem.newId();
    private final Api api = system.asUser(instructor);
    private final Api admin = system.as(Tokens.admin(TestSystem.newId()));
    private final String path = "/api/courses/" + course + "/notify-students/";
    private int requestsBefore;

    @BeforeEach
    void instruct() {
        system.database().course(course, "Algebra");
        system.database().member(course, instructor, "instructor");
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

    private Answer send(byte[] body) {
        return api.call("POST", path, BodyPublishers.ofByteArray(body), "Content-Type", "application/json");
    }

    private static String nested(int levels) {
        return "{\"a\":".repeat(levels - 1) + "{}" + "}".repeat(levels - 1);
    }

    static Stream<String> malformed() {
        return Stream.of(
                "",
                "null",
                "[]",
                "5",
                "{",
                "{\"message\":\"m\"}x",
                "{\"message\":\"m\",\"message\":\"n\"}",
                "{\"message\":\"m\",\"data\":{\"a\":1,\"a\":1}}",
                "{\"message\":\"m\",\"data\":{\"a\":NaN}}",
                "{\"message\":\"\\u0000\"}",
                "{\"message\":\"\\ud800\"}",
                "{\"message\":\"m\",\"data\":{\"\\udc00\":1}}",
                "\uFEFF{\"message\":\"m\"}",
                "{\"message\":\"m\",\"data\":{\"a\":1e999999999}}",
                "{\"message\":\"m\",\"data\":{\"a\":" + "9".repeat(1_001) + "}}",
                "{\"message\":\"m\",\"data\":{\"" + "k".repeat(50_001) + "\":1}}",
                "{\"message\":\"m\",\"data\":" + nested(17) + "}",
                nested(18),
                nested(501),
                "[".repeat(100_000));
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void whatIsNotOneStrictObjectIs400(String body) {
        Answer answer = send(body.getBytes(StandardCharsets.UTF_8));

        assertThat(answer.problem()).isIn("malformed_json", "invalid_fields");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.at("errors").isArray()).isTrue();
    }

    static Stream<byte[]> notUtf8() {
        return Stream.of(
                new byte[] {
                    '{', '"', 'm', 'e', 's', 's', 'a', 'g', 'e', '"', ':', '"', (byte) 0xC0, (byte) 0xAF, '"', '}'
                },
                "{\"message\":\"m\"}".getBytes(StandardCharsets.UTF_16),
                "{\"message\":\"m\"}".getBytes(Charset.forName("UTF-32")),
                "{\"message\":\"ä\"}".getBytes(StandardCharsets.ISO_8859_1));
    }

    @ParameterizedTest
    @MethodSource("notUtf8")
    void whatIsNotUtf8Is400(byte[] body) {
        assertThat(send(body).status()).isEqualTo(400);
    }

    static Stream<Arguments> brokenFields() {
        return Stream.of(
                Arguments.of("{}", "message"),
                Arguments.of("{\"message\":null}", "message"),
                Arguments.of("{\"message\":\"\"}", "message"),
                Arguments.of("{\"message\":\"" + "m".repeat(10_001) + "\"}", "message"),
                Arguments.of("{\"message\":5}", "message"),
                Arguments.of("{\"message\":\"m\",\"title\":\"" + "\\uD83D\\uDE00".repeat(256) + "\"}", "title"),
                Arguments.of("{\"message\":\"m\",\"notification_type\":\"exam_results\"}", "notification_type"),
                Arguments.of("{\"message\":\"m\",\"notification_type\":\"Message\"}", "notification_type"),
                Arguments.of("{\"message\":\"m\",\"notification_type\":3}", "notification_type"),
                Arguments.of("{\"message\":\"m\",\"unknown\":1}", "unknown"),
                Arguments.of("{\"message\":\"m\",\"data\":[]}", "data"),
                Arguments.of("{\"message\":\"m\",\"data\":{\"a\":\"" + "a".repeat(16_384) + "\"}}", "data"),
                Arguments.of("{\"message\":\"m\",\"data\":{\"url\":\"javascript:alert(1)\"}}", "data.url"),
                Arguments.of("{\"message\":\"m\",\"data\":{\"url\":\"//evil.example\"}}", "data.url"),
                Arguments.of("{\"message\":\"m\",\"data\":{\"url\":\"https://evil.example/\"}}", "data.url"),
                Arguments.of(
                        "{\"message\":\"m\",\"data\":{\"url\":\"https://learn.example.org@evil.example/\"}}",
                        "data.url"),
                Arguments.of("{\"message\":\"m\",\"data\":{\"url\":\"http://learn.example.org/\"}}", "data.url"),
                Arguments.of("{\"message\":\"m\",\"data\":{\"url\":5}}", "data.url"));
    }

    @ParameterizedTest
    @MethodSource("brokenFields")
    void brokenFieldIsNamed(String body, String field) {
        Answer answer = send(body.getBytes(StandardCharsets.UTF_8));

        assertThat(answer.problem()).isEqualTo("invalid_fields");
        assertThat(answer.at("errors/0").propertyNames()).containsExactlyInAnyOrder("field", "message");
        assertThat(answer.at("errors/0/field").stringValue()).isEqualTo(field);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"users\":[1.9]}",
                "{\"users\":[\"12\"]}",
                "{\"users\":[true]}",
                "{\"users\":[\"\"]}",
                "{\"users\":[0]}",
                "{\"users\":[9007199254740992]}",
                "{\"users\":[null]}"
            })
    void idThatIsNoneIsNamedByItsPlace(String audience) {
        String body = "{\"audience\":" + audience + ",\"notification_type\":\"message\",\"message\":\"m\"}";

        Answer answer = admin.post("/api/notifications/", body);

        assertThat(answer.problem()).isEqualTo("invalid_fields");
        assertThat(answer.at("errors/0/field").stringValue()).isEqualTo("audience.users[0]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "abc",
                "-1",
                "0",
                "01",
                "+1",
                "9223372036854775808",
                "9007199254740992",
                "1;drop",
                "1.0",
                "%31%00"
            })
    void idInTheAddressThatIsNoneIs400(String id) {
        assertThat(api.patch("/api/notifications/" + id + "/mark_read/").status())
                .isEqualTo(400);
        assertThat(api.get("/api/notifications/" + id + "/").problem()).isIn("invalid_fields", "bad_request");
        assertThat(api.delete("/api/notifications/" + id).status()).isEqualTo(400);
        assertThat(api.get("/api/courses/" + id + "/").status()).isEqualTo(400);
        assertThat(api.post("/api/courses/" + id + "/notify-students/", "{\"message\":\"m\"}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void otherMediaTypesAreToldApart() {
        byte[] body = "{\"message\":\"m\"}".getBytes(StandardCharsets.UTF_8);
        for (String type : List.of("text/plain", "application/xml", "application/x-www-form-urlencoded", "*/*")) {
            assertThat(api.call("POST", path, BodyPublishers.ofByteArray(body), "Content-Type", type)
                            .problem())
                    .isEqualTo("unsupported_media_type");
        }
        assertThat(api.call("POST", path, BodyPublishers.ofByteArray(body)).problem())
                .isEqualTo("unsupported_media_type");
        assertThat(api.get("/api/notifications/", "Accept", "text/html").problem())
                .isEqualTo("not_acceptable");
        assertThat(api.post(path, "{\"message\":\"m\"}", "Accept", "text/html").problem())
                .isEqualTo("not_acceptable");
        assertThat(api.get("/api/notifications/", "Accept", "text/html, */*;q=0.1")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void otherMethodsAreToldWhatIsAllowed() {
        Answer put = api.call("PUT", "/api/notifications/", BodyPublishers.noBody());
        assertThat(put.problem()).isEqualTo("method_not_allowed");
        assertThat(put.header("Allow").split(", ?")).containsExactlyInAnyOrder("GET", "POST");
        assertThat(api.get("/api/notifications/mark_all_read/").header("Allow")).isEqualTo("POST");
        assertThat(api.delete("/api/notifications/unread_count/").header("Allow"))
                .isEqualTo("GET");
        assertThat(api.patch("/api/notifications/changes/").header("Allow")).isEqualTo("GET");
        assertThat(api.post("/api/notifications/5/mark_read/", "{}").header("Allow"))
                .isEqualTo("PATCH");
        assertThat(api.get(path).header("Allow")).isEqualTo("POST");
        Answer overridden = api.post("/api/notifications/5/", "{}", "X-HTTP-Method-Override", "DELETE");
        assertThat(overridden.problem()).isEqualTo("method_not_allowed");
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
        assertThat(api.get(unknown).problem()).isEqualTo("not_found");
        assertThat(api.get(unknown, "Accept", "text/html").problem()).isEqualTo("not_found");
        assertThat(api.post(unknown, "{}").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/actuator",
                "/actuator/env",
                "/actuator/heapdump",
                "/actuator/loggers",
                "/actuator/beans",
                "/heapdump",
                "/..;/actuator",
                "/..;/actuator/env",
                "/api/..;/actuator/env",
                "/actuator;x/env",
                "//actuator/env",
                "/actuator%2fenv",
                "/error"
            })
    void whatIsForOperatorsIsNotHere(String hidden) {
        assertThat(system.anonymous().get(hidden).status()).isIn(400, 401, 404);
        if (!hidden.startsWith("/api")) {
            assertThat(system.anonymous().get(hidden).problem())
                    .isEqualTo(hidden.contains("%2f") ? "bad_request" : "not_found");
        }
    }

    @Test
    void bodyIsBoundedWhereItsSizeIsToldAndWhereItIsNot() {
        String spaces = " ".repeat(192 * 1024);
        assertThat(api.post(path, spaces).status()).isEqualTo(400);
        assertThat(api.post(path, spaces + " ").problem()).isEqualTo("body_too_large");
        assertThat(admin.post("/api/notifications/", spaces + spaces).status()).isEqualTo(400);
        assertThat(admin.post("/api/notifications", " ".repeat(512 * 1024 + 1)).problem())
                .isEqualTo("body_too_large");
        assertThat(api.call(
                                "POST",
                                path,
                                BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[200 * 1024])),
                                "Content-Type",
                                "application/json")
                        .problem())
                .isEqualTo("body_too_large");
    }

    @Test
    void audienceHasTenThousandAtMost() {
        List<String> users = new ArrayList<>();
        for (int i = 1; i <= 10_001; i++) {
            users.add(Long.toString(9_007_199_254_000_000L + i));
        }
        String body = "{\"audience\":{\"users\":[" + String.join(",", users)
                + "]},\"notification_type\":\"message\",\"message\":\"m\"}";

        assertThat(admin.post("/api/notifications/", body).at("errors/0/field").stringValue())
                .isEqualTo("audience.users");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/notifications/?cursor=%",
                "/api/notifications/?x=%zz",
                "/api/notifications/?x=%ff",
                "/api/notifications/?=0",
                "/api/notifications/?page_size=59&=null",
                "/api/notifications/changes/?after=0&epoch=%00",
                "/api/notifications/?page=9007199254740992"
            })
    void whatCannotBeDecodedIsToldSo(String address) throws Exception {
        assertThat(raw("GET", address, "Authorization: Bearer " + Tokens.user(instructor) + "\r\n", ""))
                .startsWith("HTTP/1.1 400 ")
                .contains("application/problem+json");
    }

    @Test
    void tooManyParametersAreToldSo() throws Exception {
        String many = "/api/notifications/?" + "a=1&".repeat(1_001);

        assertThat(raw("GET", many, "Authorization: Bearer " + Tokens.user(instructor) + "\r\n", ""))
                .startsWith("HTTP/1.1 400 ");
    }

    /** Also where no token is asked for, and before it is looked at. */
    @Test
    void badInputIsNoErrorOfOursBeforeAuthenticationEither() throws Exception {
        assertThat(raw("GET", "/swagger-ui.html?=0", "", "")).doesNotStartWith("HTTP/1.1 500");
        String anyType = "Content-Type: */*\r\nContent-Length: 2\r\n";
        assertThat(raw("POST", "/api/me/", "Origin: https://evil.example\r\n" + anyType, "{}"))
                .startsWith("HTTP/1.1 415 ");
        assertThat(raw("GET", "/api/me/", "Origin: https://evil.example\r\nContent-Type: */*\r\n", ""))
                .startsWith("HTTP/1.1 403 ");
        assertThat(raw("GET", "/actuator/health", anyType, "{}")).startsWith("HTTP/1.1 415 ");
    }

    @Test
    void emptyBodyIsAnAbsentOneWhateverItsType() {
        for (String type : List.of("application/x-www-form-urlencoded", "text/plain", "application/json")) {
            assertThat(api.call(
                                    "POST",
                                    "/api/notifications/mark_all_read/",
                                    BodyPublishers.ofByteArray(new byte[0]),
                                    "Content-Type",
                                    type)
                            .status())
                    .isEqualTo(200);
            assertThat(api.call("POST", path, BodyPublishers.ofByteArray(new byte[0]), "Content-Type", type)
                            .problem())
                    .isEqualTo("malformed_json");
        }
    }

    @Test
    void encodedBodiesAreRefusedWithWhatIsRead() {
        Answer answer = api.call(
                "POST",
                path,
                BodyPublishers.ofByteArray(new byte[] {0x1f, (byte) 0x8b}),
                "Content-Type",
                "application/json",
                "Content-Encoding",
                "gzip");

        assertThat(answer.problem()).isEqualTo("unsupported_media_type");
        assertThat(answer.header("Accept-Encoding")).isEqualTo("identity");
    }

    @Test
    void methodThatNoCallHasIsToldWhichThereAre() {
        Answer answer = api.call("FROB", "/api/me/", BodyPublishers.noBody());

        assertThat(answer.problem()).isEqualTo("method_not_allowed");
        assertThat(answer.header("Allow")).contains("GET");
    }

    @Test
    void twoDifferentKeysAreRefused() {
        assertThat(api.post(path, "{\"message\":\"m\"}", "Idempotency-Key", "a", "Idempotency-Key", "b")
                        .problem())
                .isEqualTo("invalid_fields");
    }

    /** A student's body is not waited for: the answer comes though it is never sent. */
    @Test
    void rightsComeBeforeTheBody() throws Exception {
        String student = "Authorization: Bearer " + Tokens.user(TestSystem.newId()) + "\r\n"
                + "Content-Type: application/json\r\nContent-Length: 500000\r\n";

        assertThat(raw("POST", "/api/notifications/", student, "{")).startsWith("HTTP/1.1 403 ");
    }

    private String raw(String method, String address, String headers, String body) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", system.node().port())) {
            socket.setSoTimeout(4_000);
            String request = method + " " + address + " HTTP/1.1\r\nHost: localhost\r\n" + headers
                    + "Connection: close\r\n\r\n" + body;
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readNBytes(400), StandardCharsets.ISO_8859_1);
        }
    }
}
