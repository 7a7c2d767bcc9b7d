package io.belfry.gateway.transport.handshake;

import static io.belfry.gateway.support.TestGateway.TOKENS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.belfry.gateway.support.Backbone;
import io.belfry.gateway.support.TestGateway;
import io.belfry.gateway.support.TestSocket;
import io.belfry.kit.socket.Dial;
import io.belfry.kit.socket.RawSocket;
import io.belfry.kit.socket.RawSocket.Frame;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is let in, by which of the three ways, and what the others are told. */
class HandshakeIT {

    private static final long ANA = 7;

    @AutoClose
    private static final Backbone backbone = Backbone.create();

    @AutoClose
    private static final TestGateway gateway = TestGateway.start(
            backbone,
            Map.of(
                    "BELFRY_GATEWAY_ORIGINS", "https://app.example.com,http://localhost:8080",
                    "BELFRY_GATEWAY_AUTHENTICATION_SECONDS", "2",
                    "BELFRY_TRUSTED_PROXIES", "127.0.0.1",
                    "BELFRY_GATEWAY_MAX_PER_IP", "3"));

    @Test
    void welcomesTheBearerOfAHeader() {
        Instant expires = Instant.parse("2099-01-01T00:00:00Z");
        String token = TOKENS.of(ANA).claim("exp", expires.getEpochSecond()).write();
        try (TestSocket socket = new TestSocket(gateway.dial().header("Authorization", "bearer " + token))) {
            String welcome = socket.text();
            assertThat(welcome)
                    .matches("\\{\"type\":\"welcome\",\"session\":\"[0-9a-f]{16}/\\d+\",\"user\":7,"
                            + "\"time\":\"\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z\","
                            + "\"heartbeat_seconds\":25,\"check_seconds\":60,"
                            + "\"token_expires_at\":\"2099-01-01T00:00:00.000Z\""
                            + "(,\"seq\":\\d+,\"unread\":\\d+,\"epoch\":\"7c1f\")?\\}"); // known from other tests
            assertThat(socket.subprotocol()).isEmpty();
        }
    }

    @Test
    void welcomesTheBearerOfASubprotocolAndEchoesNoToken() {
        try (TestSocket socket = new TestSocket(gateway.dial().subprotocolToken(TOKENS.user(ANA)))) {
            assertThat(socket.frame("welcome").get("user").longValue()).isEqualTo(ANA);
            assertThat(socket.subprotocol()).isEqualTo("belfry.v1");
        }
    }

    @Test
    void welcomesTheBearerOfAFirstFrameAndAnswersWhatCameRightBehindIt() {
        try (TestSocket socket = new TestSocket(gateway.dial().subprotocols("belfry.v1"))) {
            socket.authenticate(TOKENS.user(ANA));
            socket.send("{\"type\":\"ping\"}");
            socket.frame("welcome");
            socket.frame("pong");
        }
    }

    @Test
    void prefersTheHeaderToTheSubprotocol() {
        try (TestSocket socket =
                new TestSocket(gateway.dial().subprotocolToken(TOKENS.user(8)).bearer(TOKENS.user(ANA)))) {
            assertThat(socket.frame("welcome").get("user").longValue()).isEqualTo(ANA);
        }
        assertThat(gateway.dial().subprotocolToken(TOKENS.user(8)).bearer("x").refusedWith())
                .isEqualTo(401);
    }

    @Test
    void takesNoTokenFromTheQuery() {
        try (RawSocket raw = RawSocket.connect(gateway.address(), 0)) {
            assertThat(raw.request(handshake()
                            .replace("/ws/notifications/ ", "/ws/notifications/?token=" + TOKENS.user(ANA) + " ")))
                    .startsWith("HTTP/1.1 101 ");
            assertThat(raw.awaitCloseCode()).isEqualTo(4408);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/ws/notifications", "/ws/notifications/", "/ws/notifications/?token=x&y", "/ws/notifications?"})
    void ignoresTheQueryAndTheSlash(String path) {
        assertThat(answer(handshake("Authorization: Bearer " + TOKENS.user(ANA))
                        .replace("/ws/notifications/ ", path + " ")))
                .startsWith("HTTP/1.1 101 ");
    }

    @Test
    void closesAClientThatDoesNotSayWhoItIs() {
        Instant begun = Instant.now();
        try (TestSocket socket = new TestSocket(gateway.dial())) {
            assertThat(socket.closed()).isEqualTo(4408);
            assertThat(Duration.between(begun, Instant.now())).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(4));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"ping\"}",
                "{\"type\":\"mark_read\",\"id\":1,\"ref\":\"c1\"}",
                "{\"type\":\"future\"}",
                "{\"type\":\"authenticate\"}",
                "{\"type\":\"authenticate\",\"token\":7}",
                "{\"type\":\"authenticate\",\"token\":\"\"}"
            })
    void closesAClientThatSpeaksBeforeItSaysWhoItIs(String frame) {
        try (TestSocket socket = new TestSocket(gateway.dial())) {
            socket.send(frame);
            assertThat(socket.closed()).isEqualTo(4501);
        }
    }

    @Test
    void tellsAServiceThatItHasNoInbox() {
        assertThat(gateway.dial().bearer(TOKENS.service("exams")).refusedWith()).isEqualTo(403);
        try (TestSocket socket = new TestSocket(gateway.dial().subprotocolToken(TOKENS.service("exams")))) {
            assertThat(socket.closed()).isEqualTo(4503);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "https://app.example.com.evil.io",
                "https://app.example.com/",
                "http://app.example.com",
                "https://APP.example.com",
                "https://evil.io",
                ""
            })
    void refusesForeignOriginsBeforeItLooksAtAToken(String origin) {
        assertThat(answer(handshake("Origin: " + origin, "Authorization: Bearer x")))
                .startsWith("HTTP/1.1 403 ");
        assertThat(answer(handshake("Origin: " + origin, "Authorization: Bearer " + TOKENS.user(ANA))))
                .startsWith("HTTP/1.1 403 ");
    }

    @Test
    void letsAllowedOriginsIn() {
        for (String origin : List.of("https://app.example.com", "http://localhost:8080")) {
            new TestSocket(gateway.dial().header("Origin", origin).bearer(TOKENS.user(ANA))).close();
        }
    }

    @Test
    void refusesTwoOrigins() {
        assertThat(answer(handshake("Origin: https://app.example.com", "Origin: https://evil.io")))
                .startsWith("HTTP/1.1 403 ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET /ws/notifications/ | GET /ws/ | 404",
                "GET /ws/notifications/ | GET /ws/notifications// | 404",
                "GET /ws/notifications/ | GET /WS/notifications/ | 404",
                "GET /ws/notifications/ | GET / | 404",
                "GET /ws/notifications/ | POST /ws/notifications/ | 405",
                "GET /ws/notifications/ | OPTIONS /ws/notifications/ | 405",
                "Sec-WebSocket-Version: 13 | Sec-WebSocket-Version: 8 | 426",
                "Sec-WebSocket-Version: 13 | X-Nothing: 1 | 426",
                "Upgrade: websocket | X-Nothing: 1 | 426",
                "Upgrade: websocket | Upgrade: h2c | 426",
                "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA== | X-Nothing: 1 | 400",
                "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA== | Sec-WebSocket-Key: short | 400",
                "Host: gateway | Content-Length: 5 | 400",
                "Host: gateway | Transfer-Encoding: chunked | 400",
                "Host: gateway | Content-Length: x | 400",
                "HTTP/1.1 | HTTP/1.0 | 400",
                "HTTP/1.1 | SPDY | 400",
                "Host: gateway | Sec-WebSocket-Protocol: graphql-ws | 400",
                "Host: gateway | Sec-WebSocket-Protocol: bearer.x | 400",
            })
    void saysWhatIsWrongWithARequest(String right, String wrong, int status) {
        String answer =
                answer(handshake("Authorization: Bearer " + TOKENS.user(ANA)).replace(right, wrong));

        assertThat(answer).startsWith("HTTP/1.1 " + status + " ").containsIgnoringCase("connection: close");
        if (status == 426) {
            assertThat(answer).containsIgnoringCase("sec-websocket-version: 13");
        }
        if (status == 405) {
            assertThat(answer).containsIgnoringCase("allow: GET");
        }
    }

    @Test
    void challengesAClientThatBringsABadToken() {
        assertThat(answer(handshake("Authorization: Bearer x")))
                .startsWith("HTTP/1.1 401 ")
                .containsIgnoringCase("www-authenticate: Bearer");
        assertThat(answer(handshake("Authorization: Basic YTpi"))).startsWith("HTTP/1.1 401 ");
    }

    @ParameterizedTest
    @ValueSource(ints = {9 * 1024, 70 * 1024, 2 * 1024 * 1024})
    void refusesLargeHeaders(int bytes) {
        assertThat(answer(handshake("X-Large: " + "x".repeat(bytes)))).startsWith("HTTP/1.1 431 ");
    }

    @Test
    void negotiatesNoExtensionWithABrowserThatKeepsAlive() {
        assertThat(answer(handshake(
                                "Authorization: Bearer " + TOKENS.user(ANA),
                                "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits")
                        .replace("Connection: Upgrade", "Connection: keep-alive, Upgrade")))
                .startsWith("HTTP/1.1 101 ")
                .doesNotContainIgnoringCase("sec-websocket-extensions");
    }

    @Test
    void hangsUpOnARequestThatNeverEnds() {
        Instant begun = Instant.now();
        try (RawSocket raw = RawSocket.connect(gateway.address(), 0)) {
            raw.write("GET /ws/notifications/ HTTP/1.1\r\nHost: ga".getBytes(StandardCharsets.US_ASCII));
            raw.readToEnd();
            assertThat(Duration.between(begun, Instant.now())).isBetween(Duration.ofSeconds(8), Duration.ofSeconds(14));
        }
    }

    @Test
    void takesASecondRequestBehindTheHandshakeForABrokenFrame() {
        for (String first : List.of(handshake("Authorization: Bearer " + TOKENS.user(ANA)), handshake())) {
            try (RawSocket raw = RawSocket.connect(gateway.address(), 0)) {
                assertThat(raw.request(first + handshake())).startsWith("HTTP/1.1 101 ");
                assertThat(raw.awaitCloseCode()).isEqualTo(1002);
            }
        }
    }

    @Test
    void hearsAFrameThatCameInOnePieceWithTheHandshake() throws IOException {
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.writeBytes(handshake("Authorization: Bearer " + TOKENS.user(ANA)).getBytes(StandardCharsets.US_ASCII));
        both.writeBytes(
                RawSocket.frame(RawSocket.FIN | Frame.TEXT, "{\"type\":\"ping\"}".getBytes(StandardCharsets.US_ASCII)));
        try (RawSocket raw = RawSocket.connect(gateway.address(), 0)) {
            raw.write(both.toByteArray());
            raw.readHead();
            assertThat(raw.readPastPings().text()).startsWith("{\"type\":\"welcome\"");
            assertThat(raw.readPastPings().text()).isEqualTo("{\"type\":\"pong\"}");
        }
    }

    @Test
    void boundsTheSocketsOfOneAddressAsTrustedProxiesTellIt() {
        Dial from = gateway.dial().header("X-Forwarded-For", "1.2.3.4").bearer(TOKENS.user(ANA));
        TestSocket first = new TestSocket(from);
        try (TestSocket second = new TestSocket(from);
                TestSocket third = new TestSocket(from)) {
            assertThat(from.refusedWith()).isEqualTo(503);
            new TestSocket(gateway.dial()
                            .header("X-Forwarded-For", "1.2.3.4, 5.6.7.8")
                            .bearer(TOKENS.user(ANA)))
                    .close();
            assertThat(List.of(second, third)).allMatch(TestSocket::isOpen);
            first.close();
            await().ignoreExceptions().untilAsserted(() -> new TestSocket(from).close());
        }
    }

    private static String handshake(String... headers) {
        return RawSocket.upgrade(URI.create("ws://gateway/ws/notifications/"), headers);
    }

    private static String answer(String request) {
        try (RawSocket raw = RawSocket.connect(gateway.address(), 0)) {
            return raw.request(request);
        }
    }
}
