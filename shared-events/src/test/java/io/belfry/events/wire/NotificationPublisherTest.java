package io.belfry.events.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.events.Audience;
import io.belfry.events.NotificationData;
import io.belfry.events.NotificationRequested;
import io.belfry.events.NotificationType;
import io.belfry.events.names.Topics;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class NotificationPublisherTest {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    private final MockProducer<byte[], byte[]> kafka =
            new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final NotificationPublisher publisher =
            new NotificationPublisher(kafka, new Topics("x."), "/exams", Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void completesWhenKafkaHasIt() {
        var sent = publisher.send(
                3L, 7, NotificationType.EXAM_RESULT, "Midterm", "You scored 87.", NotificationData.EMPTY);
        assertThat(sent).isNotDone();
        assertThat(kafka.completeNext()).isTrue();
        var record = kafka.history().get(0);
        assertThat(record.topic()).isEqualTo("x.notifications.requested");
        assertThat(record.key()).asString().isEqualTo("user:7");
        var event = new EventCodec().decode(record.headers(), record.value(), EventType.NOTIFICATION_REQUESTED);
        assertThat(sent).isCompletedWithValue(event.eventId());
        assertThat(event.eventId().source()).isEqualTo("/exams");
        assertThat(event.time()).isEqualTo(NOW);
    }

    @Test
    void failsWhenItIsNotKnown() {
        var sent = publisher.publish(new NotificationRequested(
                Audience.course(42), null, NotificationType.MESSAGE, "", "m", NotificationData.EMPTY));
        assertThat(kafka.errorNext(new TimeoutException("2 s"))).isTrue();
        assertThat(sent).isCompletedExceptionally();
        assertThat(kafka.history().get(0).key()).asString().isEqualTo("course:42");
    }

    @Test
    void neverThrows() {
        kafka.close();
        assertThat(publisher.send(null, 7, NotificationType.MESSAGE, "", "m", NotificationData.EMPTY))
                .isCompletedExceptionally();
    }
}
