package io.belfry.gateway.delivery;

import io.belfry.events.EventId;
import io.belfry.events.Ids;
import io.belfry.events.NotificationData;
import io.belfry.events.NotificationStored;
import io.belfry.events.NotificationStored.Content;
import io.belfry.events.NotificationStored.Recipient;
import io.belfry.events.NotificationType;
import io.belfry.events.names.Topics;
import io.belfry.events.wire.Event;
import io.belfry.events.wire.EventCodec;
import io.belfry.events.wire.EventType;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The record of an event that no user has: it goes the way of all others before the first of them comes. */
final class Rehearsal {

    private Rehearsal() {}

    static ConsumerRecord<byte[], byte[]> record(Topics topics) {
        Instant now = Instant.EPOCH;
        Content content = new Content(
                Ids.MAX,
                null,
                null,
                null,
                NotificationType.COURSE_UPDATE,
                "Rehearsal",
                "Rehearsal",
                NotificationData.EMPTY,
                null,
                null,
                false,
                now);
        NotificationStored stored =
                new NotificationStored(UUID.randomUUID().toString(), content, List.of(new Recipient(Ids.MAX, 1, 1)));
        EventId id = new EventId("/belfry/rehearsal", UUID.randomUUID().toString());
        ProducerRecord<byte[], byte[]> sent = new EventCodec()
                .encode(topics.stored(), new byte[0], null, Event.of(id, EventType.NOTIFICATION_STORED, now, stored));
        ConsumerRecord<byte[], byte[]> received = new ConsumerRecord<>(sent.topic(), 0, 0, sent.key(), sent.value());
        sent.headers().forEach(received.headers()::add);
        return received;
    }
}
