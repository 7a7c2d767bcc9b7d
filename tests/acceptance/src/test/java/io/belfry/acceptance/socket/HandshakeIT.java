package io.belfry.acceptance.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.belfry.kit.contract.Json;
import io.belfry.kit.socket.Dial;
import io.belfry.kit.socket.HandshakeRefusedException;
import io.belfry.kit.socket.RawSocket;
import io.belfry.kit.socket.SocketClient;
import io.belfry.kit.system.NotificationSystem;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Who gets a socket, and what the others are told. */
class HandshakeIT {

    private final NotificationSystem system = NotificationSystem.shared();
    private final URI gateway = system.gatewayAddress(1);
    private final long user = system.platform().newUserId();
    private final String token = system.tokens().user(user);

    private Dial dial() {
        return Dial.to(gateway);
    }

    private void checkUser(SocketClient socket, long expected) {
        assertThat(socket.welcome().path("user").asLong()).isEqualTo(expected);
    }

    @Test
    void tokenMayComeInTheHeader() {
        try (SocketClient socket = dial().bearer(token).open()) {
            checkUser(socket, user);
            assertThat(socket.subprotocol()).isEmpty();
        }
    }

    @Test
    void tokenMayComeAsASubprotocolAndIsNotEchoed() {
        try (SocketClient socket = dial().subprotocolToken(token).open()) {
            checkUser(socket, user);
            assertThat(socket.subprotocol()).isEqualTo("belfry.v1");
        }
    }

    @Test
    void tokenMayComeInTheFirstFrame() {
        try (SocketClient socket = dial().subprotocols("belfry.v1").open()) {
            assertThat(socket.frames()).isEmpty();
            socket.send(Json.object("type", "authenticate", "token", token, "ref", "a1"));
            checkUser(socket, user);
        }
    }

    @Test
    void headerComesBeforeSubprotocol() {
        String other = system.tokens().user(system.platform().newUserId());
        try (SocketClient socket = dial().bearer(token).subprotocolToken(other).open()) {
            checkUser(socket, user);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/ws/notifications/", "/ws/notifications", "/ws/notifications/?token=abc"})
    void slashAndQueryDoNotMatter(String path) {
        try (SocketClient socket = Dial.to(gateway.resolve(path)).bearer(token).open()) {
            checkUser(socket, user);
        }
    }

    @Test
    void subprotocolsWithoutOursAreRefused() {
        assertThat(dial().bearer(token).subprotocols("graphql-ws").refusedWith())
                .isEqualTo(400);
        assertThat(dial().subprotocols("bearer." + token).refusedWith()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example",
                "null",
                NotificationSystem.PAGE_ORIGIN + ".evil.example",
                "http://lms.example",
                NotificationSystem.PAGE_ORIGIN + ":8443",
                ""
            })
    void strangeOriginIsForbiddenBeforeTheTokenIsLookedAt(String origin) {
        assertThat(dial().origin(origin).bearer("nonsense").refusedWith()).isEqualTo(403);
        assertThat(dial().origin(origin).bearer(token).refusedWith()).isEqualTo(403);
    }

    @Test
    void allowedOriginIsLetIn() {
        try (SocketClient socket =
                dial().origin(NotificationSystem.PAGE_ORIGIN).bearer(token).open()) {
            checkUser(socket, user);
        }
    }

    @Test
    void badTokenInTheHeaderIsUnauthorized() {
        String expired =
                system.tokens().of(user).expiringIn(Duration.ofSeconds(-60)).write();
        for (String bad : new String[] {"nonsense", expired, token + "x"}) {
            assertThatThrownBy(() -> dial().bearer(bad).open())
                    .isInstanceOfSatisfying(HandshakeRefusedException.class, refused -> {
                        assertThat(refused.status()).isEqualTo(401);
                        assertThat(refused.header("WWW-Authenticate")).startsWith("Bearer");
                    });
        }
    }

    @Test
    void badTokenElsewhereIsAClose() {
        String expired =
                system.tokens().of(user).expiringIn(Duration.ofSeconds(-60)).write();
        try (SocketClient bad = dial().subprotocolToken("nonsense").open();
                SocketClient old = dial().subprotocolToken(expired).open()) {
            assertThat(bad.awaitClosed().code()).isEqualTo(4501);
            assertThat(old.awaitClosed().code()).isEqualTo(4441);
            assertThat(bad.frames()).isEmpty();
            assertThat(old.frames()).isEmpty();
        }
    }

    @Test
    void welcomeSaysWhatAClientNeeds() {
        try (SocketClient socket = dial().bearer(token).open()) {
            JsonNode welcome = socket.welcome();
            assertThat(welcome.path("heartbeat_seconds").asInt()).isEqualTo(NotificationSystem.HEARTBEAT_SECONDS);
            assertThat(welcome.path("check_seconds").asInt()).isEqualTo(4);
            assertThat(socket.frames().get(0)).isEqualTo(welcome);
        }
    }

    @Test
    void whatIsNoUpgradeIsAnsweredAsHttp() {
        String head = " HTTP/1.1\r\nHost: gateway\r\nAuthorization: Bearer " + token + "\r\n";
        String upgrade = "Connection: Upgrade\r\nUpgrade: websocket\r\n";
        String key = "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n";
        String version = "Sec-WebSocket-Version: 13\r\n";
        check("GET /elsewhere" + head + upgrade + key + version, "404");
        check("POST /ws/notifications/" + head + "Content-Length: 0\r\n" + upgrade + key + version, "405");
        check("GET /ws/notifications/" + head + upgrade + version, "400");
        assertThat(check("GET /ws/notifications/" + head + upgrade + key + "Sec-WebSocket-Version: 8\r\n", "426"))
                .containsIgnoringCase("Sec-WebSocket-Version: 13");
        check("GET /ws/notifications/" + head + upgrade + key, "426");
        check("GET /ws/notifications/" + head + "Content-Length: 5\r\n" + upgrade + key + version, "400");
        check("nonsense\r\n", "400");
    }

    private String check(String head, String status) {
        try (RawSocket socket = RawSocket.connect(gateway, 0)) {
            String answer = socket.request(head + "\r\n");
            assertThat(answer).as(head).startsWith("HTTP/1.1 " + status + " ");
            return answer;
        }
    }

    @Test
    void compressionIsNotNegotiated() {
        try (RawSocket socket = RawSocket.connect(gateway, 0)) {
            String answer = socket.request(RawSocket.upgrade(
                    gateway, "Authorization: Bearer " + token, "Sec-WebSocket-Extensions: permessage-deflate"));
            assertThat(answer).startsWith("HTTP/1.1 101 ").doesNotContainIgnoringCase("Extensions");
        }
    }
}
