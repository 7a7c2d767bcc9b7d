package io.belfry.events.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.belfry.events.EventId;
import io.belfry.events.platform.CourseMember;
import io.belfry.events.platform.PlatformUser;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlatformRecordsTest {

    private final EventCodec codec = new EventCodec();
    private final PlatformRecords records = new PlatformRecords(codec);

    @Test
    void readsWhatThePlatformTells() {
        assertThat(records.user(record("7", EventType.PLATFORM_USER, new PlatformUser(7L, "Ana Lima"))))
                .isEqualTo(new PlatformRecords.Entity<>(7, Optional.of(new PlatformUser(7L, "Ana Lima"))));
        assertThat(records.member(record(
                        "42:7", EventType.COURSE_MEMBER, new CourseMember(42L, 7L, CourseMember.Role.INSTRUCTOR))))
                .isEqualTo(new PlatformRecords.Membership(42, 7, Optional.of(CourseMember.Role.INSTRUCTOR)));
    }

    @Test
    void aRecordWithoutValueDeletesAndNeedsNoHeaders() {
        assertThat(records.course(tombstone("42"))).isEqualTo(new PlatformRecords.Entity<>(42, Optional.empty()));
        assertThat(records.member(tombstone("42:7")))
                .isEqualTo(new PlatformRecords.Membership(42, 7, Optional.empty()));
    }

    @Test
    void keyAndDataMustAgree() {
        assertBadKey(record("8", EventType.PLATFORM_USER, new PlatformUser(7L, "Ana Lima")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-1", "07", "7:1", "9007199254740992", "seven", "7 "})
    void keysAreIds(String key) {
        assertBadKey(tombstone(key));
    }

    private void assertBadKey(ConsumerRecord<byte[], byte[]> record) {
        var failure = catchThrowableOfType(PoisonException.class, () -> records.user(record));
        assertThat(failure.code()).isEqualTo(PoisonCode.BAD_KEY);
    }

    private <T> ConsumerRecord<byte[], byte[]> record(String key, EventType<T> type, T data) {
        byte[] keyBytes = key.getBytes(StandardCharsets.UTF_8);
        ProducerRecord<byte[], byte[]> sent =
                codec.encode("t", keyBytes, null, Event.of(new EventId("s", "i"), type, null, data));
        return received(keyBytes, sent.value(), new RecordHeaders(sent.headers()));
    }

    private static ConsumerRecord<byte[], byte[]> tombstone(String key) {
        return received(key.getBytes(StandardCharsets.UTF_8), null, new RecordHeaders());
    }

    private static ConsumerRecord<byte[], byte[]> received(byte[] key, byte[] value, RecordHeaders headers) {
        return new ConsumerRecord<>(
                "t", 0, 0, 0, TimestampType.CREATE_TIME, key.length, 0, key, value, headers, Optional.empty());
    }
}
