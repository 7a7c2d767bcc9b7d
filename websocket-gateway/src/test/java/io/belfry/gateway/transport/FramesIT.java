package io.belfry.gateway.transport;

import static io.belfry.gateway.support.RawSocket.FIN;
import static io.belfry.gateway.support.RawSocket.frame;
import static io.belfry.gateway.support.RawSocket.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.belfry.gateway.support.Backbone;
import io.belfry.gateway.support.RawSocket;
import io.belfry.gateway.support.RawSocket.Frame;
import io.belfry.gateway.support.TestGateway;
import io.belfry.gateway.support.TestSocket;
import io.belfry.gateway.support.Tokens;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients send that they should not, and how long a client may be silent. */
class FramesIT {

    private static final long ANA = 7;
    private static Backbone backbone;
    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        backbone = Backbone.create();
        gateway = TestGateway.start(backbone, Map.of("BELFRY_GATEWAY_HEARTBEAT_SECONDS", "2"));
    }

    @AfterAll
    static void stop() {
        gateway.close();
        backbone.close();
    }

    private static RawSocket open() throws IOException {
        return RawSocket.open(gateway, Tokens.of(ANA));
    }

    private static int closeCodeAfter(byte[]... frames) throws IOException {
        try (RawSocket raw = open()) {
            try {
                for (byte[] each : frames) {
                    raw.write(each);
                }
            } catch (SocketException e) {
                // it has hung up already, and said why
            }
            return raw.closeCode();
        }
    }

    private static byte[] text(String text) {
        return frame(FIN | RawSocket.TEXT, utf8(text));
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
    void countsFragmentsTogether() throws IOException {
        byte[] begin = frame(RawSocket.TEXT, utf8("{\"type\":"));
        byte[] end = frame(FIN, utf8("\"ping\"}"));
        try (RawSocket raw = open()) {
            raw.readPastPings();
            raw.write(begin);
            raw.write(frame(FIN | RawSocket.PING, utf8("between")));
            raw.write(end);
            Frame first = raw.readPastPings();
            assertThat(first.opcode()).isEqualTo(RawSocket.PONG);
            assertThat(first.text()).isEqualTo("between");
            assertThat(raw.readPastPings().text()).isEqualTo("{\"type\":\"pong\"}");
        }
        assertThat(closeCodeAfter(
                        frame(RawSocket.TEXT, new byte[8_000]), frame(0, new byte[192]), frame(0, new byte[1])))
                .isEqualTo(1009);
    }

    @Test
    void endsEndlessFragments() throws IOException {
        assertThat(closeCodeAfter(frame(RawSocket.TEXT, utf8("x")), repeat(frame(0, utf8("x")), 10_000)))
                .isEqualTo(1009);
        assertThat(closeCodeAfter(frame(RawSocket.TEXT, utf8("x")), repeat(frame(0, new byte[0]), 10_000)))
                .isEqualTo(1009);
    }

    private static byte[] repeat(byte[] bytes, int times) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < times; i++) {
            out.writeBytes(bytes);
        }
        return out.toByteArray();
    }

    @Test
    void takesNoBinaryFrame() throws IOException {
        assertThat(closeCodeAfter(frame(FIN | RawSocket.BINARY, utf8("{}")))).isEqualTo(1003);
        assertThat(closeCodeAfter(frame(RawSocket.BINARY, utf8("{}")))).isEqualTo(1003);
    }

    @Test
    void takesNothingButUtf8() throws IOException {
        assertThat(closeCodeAfter(frame(FIN | RawSocket.TEXT, new byte[] {(byte) 0xC0, (byte) 0xAF})))
                .isEqualTo(1007);
        assertThat(closeCodeAfter(frame(FIN | RawSocket.TEXT, new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80})))
                .isEqualTo(1007);
        assertThat(closeCodeAfter(
                        frame(RawSocket.TEXT, new byte[] {(byte) 0xE2, (byte) 0x82}), frame(FIN, new byte[] {'x'})))
                .isEqualTo(1007);
    }

    @Test
    void holdsClientsToTheProtocol() throws IOException {
        byte[] ping = utf8("{\"type\":\"ping\"}");
        assertThat(closeCodeAfter(frame(FIN | RawSocket.TEXT, ping, false)))
                .as("unmasked")
                .isEqualTo(1002);
        assertThat(closeCodeAfter(frame(FIN | 0x40 | RawSocket.TEXT, ping)))
                .as("RSV1")
                .isEqualTo(1002);
        assertThat(closeCodeAfter(frame(FIN | 0x20 | RawSocket.TEXT, ping)))
                .as("RSV2")
                .isEqualTo(1002);
        assertThat(closeCodeAfter(frame(FIN | 0x3, ping))).as("reserved opcode").isEqualTo(1002);
        assertThat(closeCodeAfter(frame(FIN | 0xB, ping)))
                .as("reserved control")
                .isEqualTo(1002);
        assertThat(closeCodeAfter(frame(FIN | RawSocket.PING, new byte[126])))
                .as("long ping")
                .isEqualTo(1002);
        assertThat(closeCodeAfter(frame(RawSocket.PING, ping)))
                .as("fragmented ping")
                .isEqualTo(1002);
        assertThat(closeCodeAfter(frame(FIN, ping)))
                .as("continuation of nothing")
                .isEqualTo(1002);
        assertThat(closeCodeAfter(frame(RawSocket.TEXT, ping), frame(FIN | RawSocket.TEXT, ping)))
                .as("text within a message")
                .isEqualTo(1002);
        assertThat(closeCodeAfter(frame(FIN | RawSocket.CLOSE, new byte[1])))
                .as("half a code")
                .isEqualTo(1002);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 999, 1004, 1005, 1006, 1015, 2999, 5000})
    void knowsCodesThatNobodyMaySend(int code) throws IOException {
        assertThat(closeCodeAfter(frame(FIN | RawSocket.CLOSE, closePayload(code))))
                .isEqualTo(1002);
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 1001, 3000, 4000, 4999})
    void answersACloseWithItsOwnCodeAndHangsUp(int code) throws IOException {
        try (RawSocket raw = open()) {
            raw.write(frame(FIN | RawSocket.CLOSE, closePayload(code)));
            assertThat(raw.closeCode()).isEqualTo(code);
            raw.setPatience(Duration.ofSeconds(2));
            raw.readToEnd();
        }
    }

    private static byte[] closePayload(int code) {
        return ByteBuffer.allocate(2).putShort((short) code).array();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hello",
                "[]",
                "{}",
                "{\"type\":7}",
                "{\"type\":\"ping\"}{}",
                "{\"type\":\"ping\",\"type\":\"ping\"}"
            })
    void closesForWhatIsNoFrame(String text) throws IOException {
        assertThat(closeCodeAfter(text(text))).isEqualTo(4500);
    }

    @Test
    void closesForSeventeenLevels() throws IOException {
        assertThat(closeCodeAfter(text("{\"type\":\"ping\",\"x\":" + "[".repeat(16) + "]".repeat(16) + "}")))
                .isEqualTo(4500);
        assertThat(closeCodeAfter(text("{\"type\":\"ping\",\"x\":" + "[".repeat(4_000) + "]".repeat(4_000) + "}")))
                .isEqualTo(4500);
    }

    @Test
    void staysOpenForWhatItDoesNotKnow() {
        try (TestSocket socket = gateway.connect(ANA)) {
            socket.send("{\"type\":\"subscribe\",\"ref\":\"c1\"}");
            assertThat(socket.text())
                    .isEqualTo(
                            "{\"type\":\"error\",\"code\":\"bad_request\",\"message\":\"unknown type\",\"ref\":\"c1\"}");
            socket.send("{\"type\":\"mark_read\",\"id\":\"9001\"}");
            assertThat(socket.frame("error").has("ref")).isFalse();
            socket.send("{\"type\":\"ping\"}");
            socket.frame("pong");
        }
    }

    @Test
    void closesForMoreThanItsShareOfFrames() throws IOException {
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
        assertThat(closeCodeAfter(repeat(frame(FIN | RawSocket.PING, new byte[0]), 1_000)))
                .isEqualTo(4429);
    }

    @Test
    void keepsAClientThatAnswersPings() {
        try (TestSocket socket = gateway.connect(ANA)) {
            await().during(Duration.ofSeconds(7)).atMost(Duration.ofSeconds(9)).until(socket::isOpen);
        }
    }

    @Test
    void closesAClientThatNeverAnswersAPing() throws IOException {
        Instant begun = Instant.now();
        try (RawSocket raw = open()) {
            assertThat(raw.closeCode()).isEqualTo(1001);
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
            assertThat(raw.closeCode()).isEqualTo(4500);
            Instant closed = Instant.now();
            raw.readToEnd();
            assertThat(Duration.between(closed, Instant.now())).isLessThan(Duration.ofSeconds(6));
        }
    }
}
