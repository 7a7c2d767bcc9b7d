package io.belfry.gateway.transport;

import static io.belfry.gateway.support.TestGateway.TOKENS;
import static io.belfry.kit.socket.RawSocket.FIN;
import static io.belfry.kit.socket.RawSocket.frame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.belfry.gateway.support.Backbone;
import io.belfry.gateway.support.TestGateway;
import io.belfry.gateway.support.TestSocket;
import io.belfry.kit.socket.RawSocket;
import io.belfry.kit.socket.RawSocket.Frame;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients send that they should not, and how long a client may be silent. */
class FramesIT {

    private static final long ANA = 7;

    @AutoClose
    private static final Backbone backbone = Backbone.create();

    @AutoClose
    private static final TestGateway gateway =
            TestGateway.start(backbone, Map.of("BELFRY_GATEWAY_HEARTBEAT_SECONDS", "2"));

    private static RawSocket open() {
        return RawSocket.open(gateway.address(), TOKENS.user(ANA));
    }

    private static int closeCodeAfter(byte[]... frames) {
        try (RawSocket raw = open()) {
            try {
                for (byte[] each : frames) {
                    raw.write(each);
                }
            } catch (UncheckedIOException e) {
                // it has hung up already, and said why
            }
            return raw.awaitCloseCode();
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] text(String text) {
        return frame(FIN | Frame.TEXT, utf8(text));
    }

    @Test
    void takesAMessageOfEightKibibytesAndNoByteMore() throws IOException {
        String ping = "{\"type\":\"ping\",\"x\":\"%s\"}";
        int fill = 8 * 1024 - ping.length() + 2;
        try (RawSocket raw = open()) {
            raw.readPastPings();
            raw.write(text(ping.formatted("x".repeat(fill))));
            assertThat(raw.readPastPings().text()).isEqualTo("{\"type\":\"pong\"}");
        }
        assertThat(closeCodeAfter(text(ping.formatted("x".repeat(fill + 1))))).isEqualTo(1009);
    }

    @Test
    void putsFragmentsTogetherThoughTheyCutACharacterAndAPingComesBetween() throws IOException {
        byte[] whole = utf8("{\"type\":\"subscribe\",\"ref\":\"\u20ac\"}");
        int within = whole.length - 4;
        try (RawSocket raw = open()) {
            raw.readPastPings();
            raw.write(frame(Frame.TEXT, Arrays.copyOf(whole, within)));
            raw.write(frame(0, new byte[0]));
            raw.write(frame(FIN | Frame.PING, utf8("between")));
            raw.write(frame(FIN, Arrays.copyOfRange(whole, within, whole.length)));
            Frame first = raw.readPastPings();
            assertThat(first.opcode()).isEqualTo(Frame.PONG);
            assertThat(first.text()).isEqualTo("between");
            assertThat(raw.readPastPings().text()).contains("\"code\":\"bad_request\"", "\"ref\":\"\u20ac\"");
            raw.text("{\"type\":\"ping\"}");
            assertThat(raw.readPastPings().text()).isEqualTo("{\"type\":\"pong\"}");
        }
    }

    private static byte[] repeat(byte[] bytes, int times) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < times; i++) {
            out.writeBytes(bytes);
        }
        return out.toByteArray();
    }

    static Stream<Arguments> misdeeds() {
        byte[] ping = utf8("{\"type\":\"ping\"}");
        byte[] begin = frame(Frame.TEXT, utf8("x"));
        return Stream.of(
                misdeed(
                        1009,
                        "fragments",
                        frame(Frame.TEXT, new byte[8_000]),
                        frame(0, new byte[192]),
                        frame(0, new byte[1])),
                misdeed(1009, "endless fragments", begin, repeat(frame(0, utf8("x")), 10_000)),
                misdeed(1009, "endless empty fragments", begin, repeat(frame(0, new byte[0]), 10_000)),
                misdeed(1003, "binary", frame(FIN | Frame.BINARY, utf8("{}"))),
                misdeed(1003, "begun binary", frame(Frame.BINARY, utf8("{}"))),
                misdeed(1007, "overlong UTF-8", frame(FIN | Frame.TEXT, bytes(0xC0, 0xAF))),
                misdeed(1007, "a surrogate", frame(FIN | Frame.TEXT, bytes(0xED, 0xA0, 0x80))),
                misdeed(1007, "half a character", frame(Frame.TEXT, bytes(0xE2, 0x82)), frame(FIN, utf8("x"))),
                misdeed(1002, "unmasked", bytes(FIN | Frame.TEXT, ping.length), ping),
                misdeed(1002, "RSV1", frame(FIN | 0x40 | Frame.TEXT, ping)),
                misdeed(1002, "RSV2", frame(FIN | 0x20 | Frame.TEXT, ping)),
                misdeed(1002, "reserved opcode", frame(FIN | 0x3, ping)),
                misdeed(1002, "reserved control", frame(FIN | 0xB, ping)),
                misdeed(1002, "long ping", frame(FIN | Frame.PING, new byte[126])),
                misdeed(1002, "fragmented ping", frame(Frame.PING, ping)),
                misdeed(1002, "continuation of nothing", frame(FIN, ping)),
                misdeed(1002, "text within a message", frame(Frame.TEXT, ping), frame(FIN | Frame.TEXT, ping)),
                misdeed(1002, "half a code", frame(FIN | Frame.CLOSE, new byte[1])),
                misdeed(4500, "no frame", text("hello")),
                misdeed(4429, "endless pings", repeat(frame(FIN | Frame.PING, new byte[0]), 1_000)));
    }

    private static Arguments misdeed(int code, String what, byte[]... frames) {
        return Arguments.of(code, what, frames);
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    @ParameterizedTest(name = "{0} for {1}")
    @MethodSource("misdeeds")
    void holdsClientsToTheProtocol(int code, String what, byte[][] frames) {
        assertThat(closeCodeAfter(frames)).as(what).isEqualTo(code);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 999, 1004, 1005, 1006, 1015, 2999, 5000})
    void knowsCodesThatNoClientMaySend(int code) {
        assertThat(closeCodeAfter(frame(FIN | Frame.CLOSE, closePayload(code)))).isEqualTo(1002);
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 1001, 3000, 4000, 4999})
    void answersACloseWithItsOwnCodeAndHangsUp(int code) throws IOException {
        try (RawSocket raw = open()) {
            raw.write(frame(FIN | Frame.CLOSE, closePayload(code)));
            assertThat(raw.awaitCloseCode()).isEqualTo(code);
            raw.setPatience(Duration.ofSeconds(2));
            raw.readToEnd();
        }
    }

    private static byte[] closePayload(int code) {
        return ByteBuffer.allocate(2).putShort((short) code).array();
    }

    @Test
    void closesForMoreThanItsShareOfFrames() {
        try (TestSocket socket = gateway.connect(ANA)) {
            for (int i = 0; i < 120; i++) {
                socket.send("{\"type\":\"ping\"}");
            }
            for (int i = 0; i < 120; i++) {
                socket.frame("pong");
            }
            socket.send("{\"type\":\"ping\"}");
            assertThat(socket.closed()).isEqualTo(4429);
        }
    }

    @Test
    void keepsAClientThatAnswersPings() {
        try (TestSocket socket = gateway.connect(ANA)) {
            await().during(Duration.ofSeconds(7)).atMost(Duration.ofSeconds(9)).until(socket::isOpen);
        }
    }

    @Test
    void closesAClientThatNeverAnswersAPing() {
        Instant begun = Instant.now();
        try (RawSocket raw = open()) {
            assertThat(raw.awaitCloseCode()).isEqualTo(1001);
            raw.readToEnd();
        }
        // The first ping within 2 s, the next due 2 s later, the connection ended within 5 s of the close frame.
        assertThat(Duration.between(begun, Instant.now())).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(11));
    }

    @Test
    void endsWithAClientThatHalfCloses() throws IOException {
        try (RawSocket raw = open()) {
            raw.readPastPings();
            raw.shutdownOutput();
            raw.setPatience(Duration.ofSeconds(1));
            raw.readToEnd();
        }
    }

    @Test
    void hangsUpSoonOnAClientThatDoesNotAnswerAClose() throws IOException {
        try (RawSocket raw = open()) {
            raw.readPastPings();
            raw.write(text("no frame"));
            assertThat(raw.awaitCloseCode()).isEqualTo(4500);
            Instant closed = Instant.now();
            raw.readToEnd();
            assertThat(Duration.between(closed, Instant.now())).isLessThan(Duration.ofSeconds(6));
        }
    }
}
