package io.belfry.runtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConsumerLagTest {

    private static final TopicPartition PARTITION = new TopicPartition("t", 0);

    private Instant now = Instant.ofEpochSecond(1_000);
    private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
    private final SimpleMeterRegistry figures = new SimpleMeterRegistry();
    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    private final ConsumerLag lag = new ConsumerLag(figures, "lag", clock);

    @BeforeEach
    void assign() {
        consumer.assign(List.of(PARTITION));
        consumer.updateEndOffsets(Map.of(PARTITION, 3L));
        consumer.seek(PARTITION, 3);
    }

    @Test
    void secondsAreTheAgeOfTheOldestInHandUntilItIsDone() {
        assertThat(figure("seconds")).isZero();
        lag.read(List.of(record(990), record(970)), consumer);
        assertThat(figure("seconds")).isEqualTo(30);
        now = now.plusSeconds(5);
        assertThat(figure("seconds")).isEqualTo(35);
        // Polled again, as after a failure.
        lag.read(List.of(record(990), record(970)), consumer);
        assertThat(figure("seconds")).isEqualTo(35);
        lag.done(consumer, OptionalLong.empty());
        assertThat(figure("seconds")).isZero();
        assertThat(figure("records")).isZero();
    }

    @Test
    void betweenTwoPollsOfABacklogItIsStillBehind() {
        consumer.seek(PARTITION, 1);
        lag.read(List.of(record(970)), consumer);
        lag.done(consumer, OptionalLong.empty());
        assertThat(figure("records")).isEqualTo(2);
        assertThat(figure("seconds")).isEqualTo(30);
    }

    @Test
    void whatIsTriedAgainLaterCounts() {
        lag.read(List.of(record(999)), consumer);
        lag.done(consumer, OptionalLong.of(960_000));
        assertThat(figure("seconds")).isEqualTo(40);
        lag.read(List.of(), consumer);
        assertThat(figure("seconds")).isEqualTo(40);
    }

    @Test
    void aRecordWithoutATimeIsNew() {
        lag.read(List.of(new ConsumerRecord<>("t", 0, 0, new byte[0], new byte[0])), consumer);
        assertThat(figure("seconds")).isZero();
    }

    private double figure(String name) {
        return figures.get("lag." + name).gauge().value();
    }

    private static ConsumerRecord<byte[], byte[]> record(long second) {
        return new ConsumerRecord<>(
                "t",
                0,
                0,
                second * 1_000,
                TimestampType.CREATE_TIME,
                0,
                0,
                new byte[0],
                new byte[0],
                new RecordHeaders(),
                Optional.empty());
    }
}
