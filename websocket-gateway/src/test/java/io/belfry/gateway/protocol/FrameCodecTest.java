package io.belfry.gateway.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.belfry.gateway.protocol.ClientFrame.MarkAllRead;
import io.belfry.gateway.protocol.ClientFrame.MarkRead;
import io.belfry.gateway.protocol.ClientFrame.Ping;
import io.belfry.gateway.protocol.ClientFrame.Unusable;
import io.belfry.gateway.protocol.FrameCodec.BadFrameException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameCodecTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hello",
                "null",
                "[]",
                "\"ping\"",
                "{}",
                "{\"type\":null}",
                "{\"type\":7}",
                "{\"type\":[\"ping\"]}",
                "{\"type\":\"ping\",\"type\":\"ping\"}",
            })
    void refusesWhatIsNoFrame(String text) {
        assertThatThrownBy(() -> FrameCodec.decode(text)).isInstanceOf(BadFrameException.class);
    }

    @Test
    void takesSixteenLevelsAndNoMore() throws BadFrameException {
        assertThat(FrameCodec.decode(nested(15))).isEqualTo(new Ping(null));
        assertThatThrownBy(() -> FrameCodec.decode(nested(16))).isInstanceOf(BadFrameException.class);
        assertThatThrownBy(() -> FrameCodec.decode(nested(4_000))).isInstanceOf(BadFrameException.class);
    }

    private static String nested(int levels) {
        return "{\"type\":\"ping\",\"x\":" + "[".repeat(levels) + "]".repeat(levels) + "}";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"9001\"",
                "9001.0",
                "9.001e3",
                "1.9",
                "0",
                "-1",
                "9007199254740992",
                "99999999999999999999",
                "[9001]",
                "{\"id\":1}",
                "true",
                "null"
            })
    void takesNothingButAnIntegerForAnId(String id) throws BadFrameException {
        assertThat(FrameCodec.decode("{\"type\":\"mark_read\",\"ref\":\"c1\",\"id\":" + id + "}"))
                .isInstanceOfSatisfying(Unusable.class, unusable -> {
                    assertThat(unusable.ref()).isEqualTo("c1");
                    assertThat(unusable.problem()).doesNotContain("9001");
                });
    }

    @Test
    void takesTheLargestId() throws BadFrameException {
        assertThat(FrameCodec.decode("{\"type\":\"mark_read\",\"id\":9007199254740991}"))
                .isEqualTo(new MarkRead(9007199254740991L, null));
    }

    @Test
    void meansEverythingWithoutUpTo() throws BadFrameException {
        assertThat(FrameCodec.decode("{\"type\":\"mark_all_read\"}")).isEqualTo(new MarkAllRead(null, null));
        assertThat(FrameCodec.decode("{\"type\":\"mark_all_read\",\"up_to\":null}"))
                .isEqualTo(new MarkAllRead(null, null));
        assertThat(FrameCodec.decode("{\"type\":\"mark_all_read\",\"up_to\":\"7\"}"))
                .isInstanceOf(Unusable.class);
    }

    @Test
    void boundsTheRefByCodePoints() throws BadFrameException {
        String fits = "\uD83D\uDE00".repeat(64);
        assertThat(FrameCodec.decode("{\"type\":\"ping\",\"ref\":\"" + fits + "\"}")
                        .ref())
                .isEqualTo(fits);
        assertThat(FrameCodec.decode("{\"type\":\"ping\",\"ref\":\"" + "x".repeat(65) + "\"}"))
                .isInstanceOf(Unusable.class);
        assertThat(FrameCodec.decode("{\"type\":\"ping\",\"ref\":7}")).isInstanceOf(Unusable.class);
    }

    @Test
    void staysOpenForTypesOfTheFuture() throws BadFrameException {
        assertThat(FrameCodec.decode("{\"type\":\"PING\",\"ref\":\"c9\"}"))
                .isEqualTo(new Unusable("unknown type", "c9"));
    }

    @Test
    void ignoresFieldsOfTheFuture() throws BadFrameException {
        assertThat(FrameCodec.decode("{\"type\":\"mark_read\",\"id\":1,\"device\":{\"os\":[1]}}"))
                .isEqualTo(new MarkRead(1, null));
    }

    @Test
    void neverShowsAToken() throws BadFrameException {
        assertThat(FrameCodec.decode("{\"type\":\"authenticate\",\"token\":\"secret\"}"))
                .asString()
                .doesNotContain("secret");
    }
}
