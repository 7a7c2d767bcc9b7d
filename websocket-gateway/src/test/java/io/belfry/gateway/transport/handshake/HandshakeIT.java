package io.belfry.gateway.transport.handshake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.belfry.gateway.support.Backbone;
import io.belfry.gateway.support.RawSocket;
import io.belfry.gateway.support.TestGateway;
import io.belfry.gateway.support.TestSocket;
import io.belfry.gateway.support.Tokens;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is let in, by which of the three ways, and what the others are told. */
class HandshakeIT {

    private static final long ANA = 7;
    private static Backbone backbone;
    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        backbone = Backbone.create();
        gateway = TestGateway.start(
                backbone,
                Map.of(
                        "BELFRY_GATEWAY_ORIGINS", "https://app.example.com,http://localhost:8080",
                        "BELFRY_GATEWAY_AUTHENTICATION_SECONDS", "2",
                        "BELFRY_TRUSTED_PROXIES", "127.0.0.1",
                        "BELFRY_GATEWAY_MAX_PER_IP", "3"));
    }

    @AfterAll
    static void stop() {
        gateway.close();
        backbone.close();
    }

    @Test
    void welcomesTheBearerOfAHeader() {
        Instant expires = Instant.parse("2099-01-01T00:00:00Z");
        try (TestSocket socket =
                TestSocket.open(gateway, Map.of("Authorization", "bearer " + Tokens.of(ANA, Instant.now(), expires)))) {
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
        try (TestSocket socket = TestSocket.open(gateway, Map.of(), "belfry.v1", "bearer." + Tokens.of(ANA))) {
            assertThat(socket.welcomed().get("user").longValue()).isEqualTo(ANA);
            assertThat(socket.subprotocol()).isEqualTo("belfry.v1");
        }
    }

    @Test
    void welcomesTheBearerOfAFirstFrameAndAnswersWhatCameRightBehindIt() {
        try (TestSocket socket = TestSocket.open(gateway, Map.of(), "belfry.v1")) {
            socket.authenticate(Tokens.of(ANA));
            socket.send("{\"type\":\"ping\"}");
            socket.welcomed();
            socket.frame("pong");
        }
    }

    @Test
    void prefersTheHeaderToTheSubprotocol() {
        try (TestSocket socket = TestSocket.open(
                gateway, Map.of("Authorization", "Bearer " + Tokens.of(ANA)), "belfry.v1", "bearer." + Tokens.of(8))) {
            assertThat(socket.welcomed().get("user").longValue()).isEqualTo(ANA);
        }
        assertThat(TestSocket.refused(
                        gateway, Map.of("Authorization", "Bearer x"), "belfry.v1", "bearer." + Tokens.of(8)))
                .isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/ws/notifications", "/ws/notifications/", "/ws/notifications/?token=x&y", "/ws/notifications?"})
    void ignoresTheQueryAndTheSlash(String path) throws IOException {
        assertThat(answer(RawSocket.handshake("Authorization: Bearer " + Tokens.of(ANA))
                        .replace("/ws/notifications/ ", path + " ")))
                .startsWith("HTTP/1.1 101 ");
    }

    @Test
    void takesNoTokenFromTheQuery() {
        try (TestSocket socket = TestSocket.open(gateway, Map.of())) {
            assertThat(socket.closed()).isEqualTo(4408);
        }
    }

    @Test
    void closesAClientThatDoesNotSayWhoItIs() {
        Instant begun = Instant.now();
        try (TestSocket socket = TestSocket.open(gateway, Map.of())) {
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
        try (TestSocket socket = TestSocket.open(gateway, Map.of())) {
            socket.send(frame);
            assertThat(socket.closed()).isEqualTo(4501);
        }
    }

    @Test
    void tellsAServiceThatItHasNoInbox() {
        assertThat(TestSocket.refused(gateway, Map.of("Authorization", "Bearer " + Tokens.ofService("exams"))))
                .isEqualTo(403);
        try (TestSocket socket =
                TestSocket.open(gateway, Map.of(), "belfry.v1", "bearer." + Tokens.ofService("exams"))) {
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
    void refusesForeignOriginsBeforeItLooksAtAToken(String origin) throws IOException {
        assertThat(answer(RawSocket.handshake("Origin: " + origin, "Authorization: Bearer x")))
                .startsWith("HTTP/1.1 403 ");
        assertThat(answer(RawSocket.handshake("Origin: " + origin, "Authorization: Bearer " + Tokens.of(ANA))))
                .startsWith("HTTP/1.1 403 ");
    }

    @Test
    void letsAllowedOriginsIn() {
        for (String origin : new String[] {"https://app.example.com", "http://localhost:8080"}) {
            try (TestSocket socket =
                    TestSocket.open(gateway, Map.of("Origin", origin, "Authorization", "Bearer " + Tokens.of(ANA)))) {
                socket.welcomed();
            }
        }
    }

    @Test
    void refusesTwoOrigins() throws IOException {
        assertThat(answer(RawSocket.handshake("Origin: https://app.example.com", "Origin: https://evil.io")))
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
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ== | X-Nothing: 1 | 400",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ== | Sec-WebSocket-Key: short | 400",
                "Host: gateway | Content-Length: 5 | 400",
                "Host: gateway | Transfer-Encoding: chunked | 400",
                "Host: gateway | Content-Length: x | 400",
                "HTTP/1.1 | HTTP/1.0 | 400",
                "HTTP/1.1 | SPDY | 400",
                "Host: gateway | Sec-WebSocket-Protocol: graphql-ws | 400",
                "Host: gateway | Sec-WebSocket-Protocol: bearer.x | 400",
            })
    void saysWhatIsWrongWithARequest(String right, String wrong, int status) throws IOException {
        String answer = answer(
                RawSocket.handshake("Authorization: Bearer " + Tokens.of(ANA)).replace(right, wrong));

        assertThat(answer).startsWith("HTTP/1.1 " + status + " ").containsIgnoringCase("connection: close");
        if (status == 426) {
            assertThat(answer).containsIgnoringCase("sec-websocket-version: 13");
        }
        if (status == 405) {
            assertThat(answer).containsIgnoringCase("allow: GET");
        }
    }

    @Test
    void challengesWhoeverBringsABadToken() throws IOException {
        assertThat(answer(RawSocket.handshake("Authorization: Bearer x")))
                .startsWith("HTTP/1.1 401 ")
                .containsIgnoringCase("www-authenticate: Bearer");
        assertThat(answer(RawSocket.handshake("Authorization: Basic YTpi"))).startsWith("HTTP/1.1 401 ");
    }

    @ParameterizedTest
    @ValueSource(ints = {9 * 1024, 70 * 1024, 2 * 1024 * 1024})
    void refusesLargeHeaders(int bytes) throws IOException {
        assertThat(answer(RawSocket.handshake("X-Large: " + "x".repeat(bytes)))).startsWith("HTTP/1.1 431 ");
    }

    @Test
    void negotiatesNoExtension() throws IOException {
        assertThat(answer(RawSocket.handshake(
                        "Authorization: Bearer " + Tokens.of(ANA),
                        "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits")))
                .startsWith("HTTP/1.1 101 ")
                .doesNotContainIgnoringCase("sec-websocket-extensions");
    }

    @Test
    void hangsUpOnARequestThatNeverEnds() throws IOException {
        Instant begun = Instant.now();
        try (RawSocket raw = RawSocket.connect(gateway)) {
            raw.write("GET /ws/notifications/ HTTP/1.1\r\nHost: ga");
            raw.readToEnd();
            assertThat(Duration.between(begun, Instant.now())).isBetween(Duration.ofSeconds(8), Duration.ofSeconds(14));
        }
    }

    @Test
    void takesASecondRequestBehindTheHandshakeForABrokenFrame() throws IOException {
        try (RawSocket raw = RawSocket.connect(gateway)) {
            raw.write(RawSocket.handshake("Authorization: Bearer " + Tokens.of(ANA)) + RawSocket.handshake());
            assertThat(raw.readHead()).startsWith("HTTP/1.1 101 ");
            assertThat(raw.closeCode()).isEqualTo(1002);
        }
        try (RawSocket raw = RawSocket.connect(gateway)) {
            raw.write(RawSocket.handshake() + RawSocket.handshake());
            assertThat(raw.readHead()).startsWith("HTTP/1.1 101 ");
            assertThat(raw.closeCode()).isEqualTo(1002);
        }
    }

    @Test
    void hearsAFrameThatCameInOnePieceWithTheHandshake() throws IOException {
        byte[] request = RawSocket.utf8(RawSocket.handshake("Authorization: Bearer " + Tokens.of(ANA)));
        byte[] ping = RawSocket.frame(RawSocket.FIN | RawSocket.TEXT, RawSocket.utf8("{\"type\":\"ping\"}"));
        byte[] both = new byte[request.length + ping.length];
        System.arraycopy(request, 0, both, 0, request.length);
        System.arraycopy(ping, 0, both, request.length, ping.length);
        try (RawSocket raw = RawSocket.connect(gateway)) {
            raw.write(both);
            raw.readHead();
            assertThat(raw.readPastPings().text()).startsWith("{\"type\":\"welcome\"");
            assertThat(raw.readPastPings().text()).isEqualTo("{\"type\":\"pong\"}");
        }
    }

    @Test
    void boundsTheSocketsOfOneAddressAsTrustedProxiesTellIt() {
        Map<String, String> from = Map.of("X-Forwarded-For", "1.2.3.4", "Authorization", "Bearer " + Tokens.of(ANA));
        TestSocket first = TestSocket.open(gateway, from);
        TestSocket second = TestSocket.open(gateway, from);
        TestSocket third = TestSocket.open(gateway, from);
        try (second;
                third) {
            assertThat(TestSocket.refused(gateway, from)).isEqualTo(503);
            try (TestSocket neighbour = TestSocket.open(
                    gateway,
                    Map.of("X-Forwarded-For", "1.2.3.4, 5.6.7.8", "Authorization", "Bearer " + Tokens.of(ANA)))) {
                neighbour.welcomed();
            }
            first.close();
            await().until(() -> TestSocket.refused(gateway, from) == 101);
        }
    }

    private static String answer(String request) throws IOException {
        try (RawSocket raw = RawSocket.connect(gateway)) {
            raw.write(request);
            return raw.readHead();
        }
    }
}
