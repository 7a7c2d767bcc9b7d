package io.belfry.gateway.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.events.InboxChanged;
import io.belfry.events.NotificationStored;
import io.belfry.gateway.protocol.ClientFrame.Authenticate;
import io.belfry.gateway.protocol.ClientFrame.MarkAllRead;
import io.belfry.gateway.protocol.ClientFrame.MarkRead;
import io.belfry.gateway.protocol.ClientFrame.Ping;
import io.belfry.gateway.protocol.FrameCodec.BadFrameException;
import io.belfry.gateway.protocol.ServerFrame.Ack;
import io.belfry.gateway.protocol.ServerFrame.Authenticated;
import io.belfry.gateway.protocol.ServerFrame.ErrorCode;
import io.belfry.gateway.protocol.ServerFrame.Failure;
import io.belfry.gateway.protocol.ServerFrame.InboxHint;
import io.belfry.gateway.protocol.ServerFrame.Pong;
import io.belfry.gateway.protocol.ServerFrame.Reconnect;
import io.belfry.gateway.protocol.ServerFrame.Welcome;
import io.belfry.gateway.support.Golden;
import io.belfry.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Frames against the files that are the contract, byte for byte, order of fields included. */
class GoldenFramesTest {

    private static final Instant EXPIRES = Instant.parse("2026-11-23T10:30:30Z");
    private static final StrictJson JSON = StrictJson.ignoringUnknownFields();

    static Stream<Arguments> serverFrames() {
        return Stream.of(
                Arguments.of(
                        "welcome",
                        new Welcome(
                                "3f9a0c51d2e8b764/12",
                                7,
                                Instant.parse("2026-11-23T10:15:30.123Z"),
                                25,
                                60,
                                EXPIRES,
                                null)),
                Arguments.of(
                        "welcome-with-numbers",
                        new Welcome(
                                "3f9a0c51d2e8b764/12",
                                7,
                                Instant.parse("2026-11-23T10:15:30.123Z"),
                                25,
                                60,
                                EXPIRES,
                                new InboxHint(18, 3, "7c1f"))),
                Arguments.of("ack", new Ack("c1")),
                Arguments.of("error", new Failure(ErrorCode.BAD_REQUEST, "unknown type", "c1")),
                Arguments.of("error-without-ref", new Failure(ErrorCode.UNAVAILABLE, "not taken; try again", null)),
                Arguments.of("authenticated", new Authenticated(EXPIRES, "a1")),
                Arguments.of("pong", new Pong()),
                Arguments.of("reconnect", new Reconnect(1234)));
    }

    @ParameterizedTest
    @MethodSource("serverFrames")
    void writesServerFramesAsAgreed(String name, ServerFrame frame) {
        assertThat(new String(FrameCodec.encode(frame), StandardCharsets.UTF_8)).isEqualTo(Golden.frame(name));
    }

    @ParameterizedTest
    @CsvSource({
        "notification, notification-stored, 18, 3",
        "notification-without-sender, notification-stored-without-sender, 1, 1",
    })
    void writesNotificationsAsAgreed(String frame, String event, long seq, long unread) {
        var stored = JSON.bind(JSON.parseObject(Golden.event(event), 17), NotificationStored.class);

        assertThat(text(SharedFrame.of(stored), seq, unread)).isEqualTo(Golden.frame(frame));
    }

    @ParameterizedTest
    @CsvSource({
        "inbox-read, inbox-changed-read",
        "inbox-unread, inbox-changed-unread",
        "inbox-deleted, inbox-changed-deleted",
        "inbox-all-read, inbox-changed-all-read",
    })
    void writesInboxChangesAsAgreed(String frame, String event) {
        var changed = JSON.bind(JSON.parseObject(Golden.event(event), 17), InboxChanged.class);

        assertThat(text(SharedFrame.of(changed), changed.seq(), changed.unread()))
                .isEqualTo(Golden.frame(frame));
    }

    @Test
    void readsClientFramesAsAgreed() throws BadFrameException {
        assertThat(FrameCodec.decode(Golden.frame("authenticate")))
                .isEqualTo(new Authenticate("eyJhbGciOiJIUzI1NiJ9.e30.c2ln", "a1"));
        assertThat(FrameCodec.decode(Golden.frame("mark_read"))).isEqualTo(new MarkRead(9001, "c1"));
        assertThat(FrameCodec.decode(Golden.frame("mark_all_read"))).isEqualTo(new MarkAllRead(9001L, "c2"));
        assertThat(FrameCodec.decode(Golden.frame("ping"))).isEqualTo(new Ping(null));
    }

    private static String text(SharedFrame frame, long seq, long unread) {
        return utf8(frame.start()) + seq + utf8(SharedFrame.MIDDLE) + unread + utf8(frame.rest());
    }

    private static String utf8(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
