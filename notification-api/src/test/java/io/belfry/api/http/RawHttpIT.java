package io.belfry.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.belfry.api.support.RawHttp;
import io.belfry.api.support.TestSystem;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What no HTTP client would send. */
class RawHttpIT {

    private static final String JSON = "Content-Type: application/json\r\n";
    private static final String CHUNKED = JSON + "Transfer-Encoding: chunked\r\n";
    private static final String ANY_TYPE = "Content-Type: */*\r\nContent-Length: 2\r\n";
    private static final String SIGN_OUT = "POST /api/sessions/sign-out/";

    private final TestSystem system = TestSystem.shared();
    private final int port = system.node().port();
    private final String user = "Authorization: Bearer " + TestSystem.TOKENS.user(TestSystem.newId()) + "\r\n";

    private final List<RawHttp> halves = new ArrayList<>();

    @AfterEach
    void closeHalves() throws IOException {
        for (RawHttp half : halves) {
            half.close();
        }
    }

    private static String request(String call, String headers) {
        return call + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n";
    }

    private String call(String call, String headers) throws IOException {
        return RawHttp.call(port, request(call, headers + "Connection: close\r\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 5\r\nContent-Length: 6\r\n",
                "Content-Length: 5, 6\r\n",
                "Content-Length: -1\r\n",
                "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
                "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n",
                "Transfer-Encoding: xchunked\r\n"
            })
    void ambiguousLengthsAreRefusedAndClosed(String lengths) throws Exception {
        assertThat(RawHttp.call(port, request(SIGN_OUT, user + JSON + lengths) + "0\r\n\r\n"))
                .matches("(?s)HTTP/1.1 (400|501) .*");
    }

    @Test
    void problemsOfTomcatAreProblemsToo() throws Exception {
        assertThat(call("GET /api/%zz", ""))
                .startsWith("HTTP/1.1 400 ")
                .doesNotContain("Apache")
                .doesNotContain("<html");
        assertThat(call("TRACE /api/me/", user)).startsWith("HTTP/1.1 405 ").contains("application/problem+json");
        assertThat(call("GET //actuator/env", "")).startsWith("HTTP/1.1 404 ");
        assertThat(call("GET /api/me/", "X: " + "x".repeat(9 * 1024) + "\r\n")).matches("(?s)HTTP/1.1 4(00|31) .*");
        assertThat(call("GET /nothing", "")).doesNotContain("Server:").doesNotContain("X-Powered-By");
    }

    /** Names of services in a network of containers have underscores. */
    @ParameterizedTest
    @CsvSource({"stack_service,200", "stack_service:8080,200", "a_b.c-d,200", "a_b:x,400", "a b,400", "a_/,400"})
    void hostMayHaveAnUnderscore(String host, int status) throws Exception {
        String answer = RawHttp.call(
                port, "GET /api/me/ HTTP/1.1\r\nHost: " + host + "\r\n" + user + "Connection: close\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
        if (status == 200) {
            assertThat(answer).contains("ws://" + host.replaceAll(":.*", "") + ":8090/");
        }
    }

    @Test
    void bodyOverTheLimitIsToldSo() throws Exception {
        assertThat(RawHttp.call(
                        port, request(SIGN_OUT, user + CHUNKED) + "40000\r\n" + " ".repeat(0x40000) + "\r\n0\r\n\r\n"))
                .startsWith("HTTP/1.1 413 ")
                .contains("urn:belfry:problem:body_too_large");
    }

    @Test
    void endlessBodyIsCutAtTheLimit() throws Exception {
        String chunk = "10000\r\n" + " ".repeat(0x10000) + "\r\n";
        try (RawHttp connection = new RawHttp(port).write(request(SIGN_OUT, user + CHUNKED))) {
            assertThatThrownBy(() -> {
                        for (int sent = 0; sent < 1_000; sent++) {
                            connection.write(chunk);
                        }
                    })
                    .isInstanceOf(IOException.class);
        }
    }

    /** Whatever keeps within the time of silence between two bytes. */
    @ParameterizedTest
    @ValueSource(strings = {"", "X: "})
    void trickleOfHeadersIsClosed(String begun) throws Exception {
        ScheduledExecutorService trickle = Executors.newSingleThreadScheduledExecutor();
        try (RawHttp connection = new RawHttp(port).write("GET /api/me/ HTTP/1.1\r\nHost: localhost\r\n" + begun)) {
            long start = System.nanoTime();
            var unused = trickle.scheduleAtFixedRate(
                    () -> {
                        try {
                            connection.write(begun.isEmpty() ? "X: y\r\n" : "x");
                        } catch (IOException closed) {
                            trickle.shutdown();
                        }
                    },
                    2,
                    2,
                    TimeUnit.SECONDS);

            assertThat(connection.read(1)).isEmpty();
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isBetween(Duration.ofSeconds(9), Duration.ofSeconds(20));
        } finally {
            trickle.shutdownNow();
        }
    }

    /** Whose body does not come is told so, and waits with fifty others at most; who has sent theirs is served meanwhile. */
    @Test
    void bodiesThatDoNotComeHoldNoOtherCallUp() throws Exception {
        for (int i = 0; i < 120; i++) {
            halves.add(new RawHttp(port).write(request(SIGN_OUT, user + JSON + "Content-Length: 9\r\n") + "{"));
        }
        String refused = "";
        for (int i = halves.size() - 1; i >= 0 && !refused.startsWith("HTTP/1.1 503 "); i--) {
            refused = halves.get(i).read(500);
        }
        assertThat(refused).startsWith("HTTP/1.1 503 ").contains("Retry-After: ");
        system.asUser(TestSystem.newId()).post("/api/sessions/sign-out/", "{}").is(204);
        String waitedFor = "HTTP/1.1 503 ";
        for (int i = 0; waitedFor.startsWith("HTTP/1.1 503 "); i++) {
            waitedFor = halves.get(i).read(500);
        }
        assertThat(waitedFor).startsWith("HTTP/1.1 400 ");
    }

    /** A student's body is not waited for: neither the answer nor another's call is later because it never comes. */
    @Test
    void rightsComeBeforeTheBody() throws Exception {
        for (int i = 0; i < 300; i++) {
            halves.add(new RawHttp(port)
                    .write(request("POST /api/notifications/", user + JSON + "Content-Length: 500000\r\n") + "{"));
        }
        long start = System.nanoTime();
        system.asUser(TestSystem.newId()).get("/api/me/").is(200);
        for (RawHttp half : halves) {
            assertThat(half.read(2_000)).startsWith("HTTP/1.1 403 ").contains("Connection: close");
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    }

    /** The client reads why before the connection ends under what it still sends; it may go on if nothing is left. */
    @Test
    void refusedBodyIsReadAsFarAsItCame() throws Exception {
        String call = user + JSON + "Content-Length: ";
        try (RawHttp large = new RawHttp(port).write(request("POST /api/notifications/", call + "500000\r\n"));
                RawHttp small = new RawHttp(port)) {
            large.write(" ".repeat(250_000));
            assertThat(large.write(" ".repeat(250_000)).read(13)).startsWith("HTTP/1.1 403 ");

            small.write(request("POST /api/notifications/", call + "2\r\n") + "{}");
            assertThat(small.write(request("GET /nothing", "Connection: close\r\n"))
                            .read(5_000))
                    .startsWith("HTTP/1.1 403 ")
                    .contains("HTTP/1.1 404 ");
        }
    }

    /** Also where no token is asked for, and before it is looked at. */
    @Test
    void badInputIsNoErrorOfOursBeforeAuthenticationEither() throws Exception {
        String foreign = "Origin: https://evil.example\r\n";

        assertThat(call("GET /swagger-ui.html?=0", "")).doesNotStartWith("HTTP/1.1 500");
        assertThat(call("POST /api/me/", foreign + ANY_TYPE)).startsWith("HTTP/1.1 415 ");
        assertThat(call("GET /api/me/", foreign + "Content-Type: */*\r\n")).startsWith("HTTP/1.1 403 ");
        assertThat(call("GET /actuator/health", ANY_TYPE)).startsWith("HTTP/1.1 415 ");
        assertThat(call("GET /api/notifications/?" + "a=1&".repeat(1_001), user))
                .startsWith("HTTP/1.1 400 ");
    }

    /** Every GET of the description with every parameter that it has, and some that it has not, each with odd values. */
    @Test
    void noCallIsAnErrorOfOursWhateverItsParameters() throws Exception {
        JsonNode description = system.anonymous().get("/v3/api-docs").json();
        List<String> values = List.of(
                "",
                "0",
                "-1",
                "9".repeat(40),
                "1e3",
                "%",
                "%zz",
                "%ff",
                "%00",
                "%E2%80%AE",
                "null",
                "a%20b",
                "x".repeat(3_000));
        Set<String> failed = new TreeSet<>();
        int calls = 0;
        for (Map.Entry<String, JsonNode> path : description.path("paths").properties()) {
            if (!path.getValue().has("get")) {
                continue;
            }
            Set<String> names = new TreeSet<>(Set.of("", "other", "%", "%00"));
            for (JsonNode parameter : path.getValue().at("/get/parameters")) {
                String reference = parameter.path("$ref").asString("#").substring(1);
                names.add((reference.isEmpty() ? parameter : description.at(reference))
                        .path("name")
                        .stringValue());
            }
            for (String name : names) {
                for (String value : values) {
                    boolean inPath = path.getKey().contains("{" + name + "}");
                    String address = inPath
                            ? path.getKey().replace("{" + name + "}", value)
                            : path.getKey().replaceAll("\\{.*}", "1") + "?" + name + "=" + value + "&" + name + "="
                                    + value;
                    String answer = call("GET " + address, user);
                    if (!answer.matches("(?s)HTTP/1.1 (200|400|403|404|405) .*")) {
                        failed.add(address + " " + answer.lines().findFirst().orElse("nothing"));
                    }
                    calls++;
                }
            }
        }
        assertThat(failed).isEmpty();
        assertThat(calls).isGreaterThan(300);
    }
}
