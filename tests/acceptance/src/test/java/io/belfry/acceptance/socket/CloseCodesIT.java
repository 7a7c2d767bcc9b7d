package io.belfry.acceptance.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.belfry.kit.contract.Json;
import io.belfry.kit.kafka.Events;
import io.belfry.kit.socket.Dial;
import io.belfry.kit.socket.RawSocket;
import io.belfry.kit.socket.SocketClient;
import io.belfry.kit.system.NotificationSystem;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Every way in which a client earns a close, and the code that tells it whether to come back. */
class CloseCodesIT {

    private static final int FIN_TEXT = 0x81;
    private static final int TEXT = 0x01;
    private static final int FIN_CONTINUATION = 0x80;

    private final NotificationSystem system = NotificationSystem.shared();
    private final URI gateway = system.gatewayAddress(1);
    private final long user = system.platform().newUserId();
    private final String token = system.tokens().user(user);

    private static byte[] text(String text) {
        return RawSocket.frame(FIN_TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] concat(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static byte[] unmasked() {
        return new byte[] {(byte) FIN_TEXT, 2, '{', '}'};
    }

    static Stream<Arguments> rudeFrames() {
        byte[] ping = "{\"type\":\"ping\"}".getBytes(StandardCharsets.UTF_8);
        byte[] notUtf8 = {'{', '"', (byte) 0xC3, '"', ':', '1', '}'};
        return Stream.of(
                Arguments.of("unmasked frame", unmasked(), 1002),
                Arguments.of("reserved bit", RawSocket.frame(FIN_TEXT | 0x40, ping), 1002),
                Arguments.of("reserved opcode", RawSocket.frame(0x83, ping), 1002),
                Arguments.of("continuation of nothing", RawSocket.frame(FIN_CONTINUATION, ping), 1002),
                Arguments.of("ping of 126 bytes", RawSocket.frame(0x89, new byte[126]), 1002),
                Arguments.of("close frame of one byte", RawSocket.frame(0x88, new byte[1]), 1002),
                Arguments.of("close code 999", RawSocket.frame(0x88, new byte[] {3, (byte) 0xE7}), 1002),
                Arguments.of("binary frame", RawSocket.frame(0x82, ping), 1003),
                Arguments.of("text that is not UTF-8", RawSocket.frame(FIN_TEXT, notUtf8), 1007),
                Arguments.of(
                        "not UTF-8 over two fragments",
                        concat(
                                RawSocket.frame(TEXT, new byte[] {'{', '"', (byte) 0xE2}),
                                RawSocket.frame(FIN_CONTINUATION, new byte[] {'"', '}'})),
                        1007),
                Arguments.of("8 KiB and one byte", RawSocket.frame(FIN_TEXT, new byte[8193]), 1009),
                Arguments.of(
                        "8 KiB and more in fragments",
                        concat(RawSocket.frame(TEXT, spaces(8192)), RawSocket.frame(FIN_CONTINUATION, spaces(2))),
                        1009),
                Arguments.of("no JSON", text("hello"), 4500),
                Arguments.of("an array", text("[1]"), 4500),
                Arguments.of("a text", text("\"ping\""), 4500),
                Arguments.of("nothing", text(""), 4500),
                Arguments.of("no type", text("{}"), 4500),
                Arguments.of("a type that is no text", text("{\"type\":1}"), 4500),
                Arguments.of("two objects", text("{\"type\":\"ping\"}{}"), 4500),
                Arguments.of("a name twice", text("{\"type\":\"ping\",\"type\":\"ping\"}"), 4500),
                Arguments.of("a NUL", text("{\"type\":\"ping\",\"ref\":\"\\u0000\"}"), 4500),
                Arguments.of("half a surrogate pair", text("{\"type\":\"ping\",\"ref\":\"\\ud800\"}"), 4500),
                Arguments.of("17 levels", text("{\"type\":\"ping\",\"deep\":" + Json.nested(16) + "}"), 4500));
    }

    private static byte[] spaces(int count) {
        byte[] spaces = new byte[count];
        Arrays.fill(spaces, (byte) ' ');
        return spaces;
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource("rudeFrames")
    void rudeFrameIsClosedWith(String what, byte[] frame, int code) {
        try (RawSocket socket = RawSocket.open(gateway, token)) {
            socket.write(frame);
            assertThat(socket.awaitCloseCode()).as(what).isEqualTo(code);
        }
    }

    @Test
    void sixteenLevelsAndEightKibibytesAreFine() {
        try (SocketClient socket = system.socket(user)) {
            socket.sendText("{\"type\":\"ping\",\"deep\":" + Json.nested(15) + "}");
            socket.awaitFrame("pong");
            String frame = "{\"type\":\"nothing\",\"ref\":\"r\"}";
            socket.sendText(frame + " ".repeat(8192 - frame.length()));
            assertThat(socket.awaitRef("r").path("code").asString()).isEqualTo("bad_request");
        }
    }

    @Test
    void silenceBeforeAuthenticationIs4408() {
        long opened = System.nanoTime();
        try (SocketClient socket = Dial.to(gateway).open()) {
            assertThat(socket.awaitClosed().code()).isEqualTo(4408);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - opened))
                .isBetween(Duration.ofSeconds(4), Duration.ofSeconds(9));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"ping\"}",
                "{\"type\":\"mark_read\",\"id\":1,\"ref\":\"c1\"}",
                "{\"type\":\"authenticate\",\"token\":\"nonsense\"}"
            })
    void anythingButARightTokenFirstIs4501(String frame) {
        try (SocketClient socket = Dial.to(gateway).open()) {
            socket.sendText(frame);
            assertThat(socket.awaitClosed().code()).isEqualTo(4501);
            assertThat(socket.frames()).isEmpty();
        }
    }

    @Test
    void expiredTokenInAFrameIs4441() {
        String expired =
                system.tokens().of(user).expiringIn(Duration.ofSeconds(-60)).write();
        try (SocketClient first = Dial.to(gateway).open();
                SocketClient later = system.socket(user)) {
            first.send(Json.object("type", "authenticate", "token", expired));
            later.send(Json.object("type", "authenticate", "token", expired));
            assertThat(first.awaitClosed().code()).isEqualTo(4441);
            assertThat(later.awaitClosed().code()).isEqualTo(4441);
        }
    }

    @Test
    void badTokenInALaterFrameIs4501() {
        try (SocketClient socket = system.socket(user)) {
            socket.send(Json.object("type", "authenticate", "token", token + "x"));
            assertThat(socket.awaitClosed().code()).isEqualTo(4501);
        }
    }

    @Test
    void serviceHasNoInbox4503() {
        try (SocketClient socket = Dial.to(gateway)
                .subprotocolToken(system.tokens().service("exams"))
                .open()) {
            assertThat(socket.awaitClosed().code()).isEqualTo(4503);
        }
    }

    @Test
    void frame121InAMinuteIs4429() {
        try (SocketClient socket = system.socket(user)) {
            for (int i = 0; i < 120; i++) {
                socket.send(Json.object("type", "ping"));
            }
            await().until(() -> socket.frames("pong").size() == 120);
            assertThat(socket.isOpen()).isTrue();
            socket.send(Json.object("type", "ping"));
            assertThat(socket.awaitClosed().code()).isEqualTo(4429);
        }
    }

    @Test
    void clientThatDoesNotReadIs4413AndHarmsNobody() {
        long neighbour = system.platform().newUserId();
        try (RawSocket stuck = RawSocket.open(gateway, token, 16 * 1024);
                SocketClient reader = system.socket(neighbour)) {
            List<Events.Draft> flood = new ArrayList<>();
            for (int i = 0; i < 400; i++) {
                JsonNode large = Json.object(
                        "audience",
                        Map.of("users", List.of(user, neighbour)),
                        "notification_type",
                        "announcement",
                        "title",
                        "flood " + i,
                        "message",
                        "\uD83D\uDE00".repeat(10_000));
                flood.add(Events.request(Events.newId(), large));
            }
            system.events().publishAll(flood);

            await().atMost(Duration.ofSeconds(60))
                    .until(() -> reader.frames("notification").size() == 400);
            assertThat(stuck.awaitCloseCode()).isIn(4413, 1006);
        }
    }

    @Test
    void clientThatNeverAnswersAPingIsGivenUp() {
        try (RawSocket deaf = RawSocket.open(gateway, token)) {
            long opened = System.nanoTime();
            deaf.awaitCloseCode();
            assertThat(Duration.ofNanos(System.nanoTime() - opened))
                    .isLessThan(Duration.ofSeconds(3 * NotificationSystem.HEARTBEAT_SECONDS));
        }
    }
}
