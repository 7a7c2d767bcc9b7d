package io.belfry.events.wire;

import io.belfry.events.EventId;
import io.belfry.json.InvalidFieldsException;
import io.belfry.json.MalformedJsonException;
import io.belfry.json.StrictJson;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.kafka.KafkaMessageFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Events as Kafka records and back: CloudEvents 1.0 by the Kafka protocol binding; binary mode is written, binary and
 * structured mode are read. Immutable; safe for use by many threads.
 */
public final class EventCodec {

    /** {@code data} is the second level of an event's own document. */
    private static final int MAX_EVENT_DEPTH = StrictJson.MAX_DEPTH + 1;

    private static final StrictJson JSON = StrictJson.ignoringUnknownFields();

    /**
     * The event in a record.
     *
     * @throws PoisonException if the contract's rules refuse it; asking again gives the same answer
     */
    public <T> Event<T> decode(ConsumerRecord<byte[], byte[]> record, EventType<T> type) {
        return decode(record.headers(), record.value(), type);
    }

    /** As {@link #decode(ConsumerRecord, EventType)}. */
    public <T> Event<T> decode(Headers headers, byte @Nullable [] value, EventType<T> type) {
        if (value == null || value.length == 0) {
            throw new PoisonException(PoisonCode.EMPTY, "no value");
        }
        CloudEvent event = Envelopes.read(headers, value);
        if (!event.getType().equals(type.name())) {
            throw new PoisonException(PoisonCode.UNKNOWN_TYPE, "expected the type " + type.name());
        }
        EventId eventId = Envelopes.eventId(event);
        Instant time = event.getTime() == null ? null : event.getTime().toInstant();
        T data = readData(event, type.dataClass());
        return new Event<>(eventId, type, time, Envelopes.traceparent(headers, event), data);
    }

    private static <T> T readData(CloudEvent event, Class<T> dataClass) {
        if (event.getData() == null) {
            throw new PoisonException(PoisonCode.EMPTY, "no data");
        }
        try {
            return JSON.bind(JSON.parseObject(event.getData().toBytes(), MAX_EVENT_DEPTH), dataClass);
        } catch (MalformedJsonException e) {
            throw Envelopes.poison(e);
        } catch (InvalidFieldsException e) {
            throw new PoisonException(PoisonCode.INVALID_FIELD, String.valueOf(e.getMessage()));
        }
    }

    /**
     * A record for an event, in binary mode.
     *
     * @param key null = none
     * @param partition null = Kafka chooses by the key
     */
    public <T> ProducerRecord<byte[], byte[]> encode(
            String topic, byte @Nullable [] key, @Nullable Integer partition, Event<T> event) {
        CloudEvent envelope = CloudEventBuilder.v1()
                .withSource(URI.create(event.eventId().source()))
                .withId(event.eventId().id())
                .withType(event.type().name())
                .withTime(event.time() == null ? null : event.time().atOffset(ZoneOffset.UTC))
                .withDataContentType("application/json")
                .withData(JSON.write(event.data()))
                .build();
        ProducerRecord<byte[], byte[]> written =
                KafkaMessageFactory.<byte[]>createWriter(topic, partition, key).writeBinary(envelope);
        RecordHeaders headers = new RecordHeaders(written.headers());
        if (event.traceparent() != null) {
            headers.add(Envelopes.TRACEPARENT, event.traceparent().getBytes(StandardCharsets.US_ASCII));
        }
        return new ProducerRecord<>(topic, partition, key, written.value(), headers);
    }
}
