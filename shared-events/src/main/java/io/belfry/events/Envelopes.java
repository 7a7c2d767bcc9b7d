package io.belfry.events;

import io.belfry.json.MalformedJsonException;
import io.belfry.json.StrictJson;
import io.cloudevents.CloudEvent;
import io.cloudevents.SpecVersion;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.kafka.KafkaMessageFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.Locale;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads the CloudEvents envelope of a record. Binary mode is the SDK's; structured mode is read here, because the SDK's
 * JSON format brings another JSON library, one that takes duplicate names and lone surrogates.
 */
final class Envelopes {

    private static final String STRUCTURED = "application/cloudevents";

    /** The envelope, the event, and {@code data} with its own levels. */
    private static final int MAX_DEPTH = StrictJson.MAX_DEPTH + 2;

    private static final StrictJson JSON = StrictJson.ignoringUnknownFields();

    private Envelopes() {}

    static CloudEvent read(Headers headers, byte[] value) {
        String contentType = header(headers, "content-type");
        CloudEvent event;
        try {
            event = contentType != null && contentType.startsWith(STRUCTURED)
                    ? structured(contentType, value)
                    : KafkaMessageFactory.createReader(headers, value).toEvent();
        } catch (PoisonException e) {
            throw e;
        } catch (MalformedJsonException e) {
            throw poison(e);
        } catch (RuntimeException e) {
            // The SDK tells of bad attributes by several unrelated exceptions; none depends on anything but the record.
            throw badAttributes("no readable CloudEvents attributes: " + e.getMessage());
        }
        if (event.getSpecVersion() != SpecVersion.V1) {
            throw badAttributes("specversion must be 1.0");
        }
        // Java reads years of nine digits; RFC 3339 has four.
        if (event.getTime() != null
                && (event.getTime().getYear() < 0 || event.getTime().getYear() > 9999)) {
            throw badAttributes("time must be RFC 3339");
        }
        return event;
    }

    static EventId eventId(CloudEvent event) {
        try {
            return new EventId(event.getSource().toString(), event.getId());
        } catch (IllegalArgumentException e) {
            throw badAttributes(e.getMessage());
        }
    }

    static PoisonException poison(MalformedJsonException e) {
        PoisonCode code = switch (e.kind()) {
            case EMPTY -> PoisonCode.EMPTY;
            case NOT_JSON -> PoisonCode.NOT_JSON;
            case NOT_OBJECT -> PoisonCode.NOT_OBJECT;
            case TOO_DEEP -> PoisonCode.TOO_DEEP;
        };
        return new PoisonException(code, String.valueOf(e.getMessage()));
    }

    private static CloudEvent structured(String contentType, byte[] value) {
        String mediaType = contentType.split(";", 2)[0].trim().toLowerCase(Locale.ROOT);
        if (!mediaType.equals(STRUCTURED) && !mediaType.equals(STRUCTURED + "+json")) {
            throw badAttributes("only the JSON format of structured mode is read");
        }
        ObjectNode envelope = JSON.parseObject(value, MAX_DEPTH);
        if (!"1.0".equals(text(envelope, "specversion"))) {
            throw badAttributes("specversion must be 1.0");
        }
        CloudEventBuilder event = CloudEventBuilder.v1()
                .withId(required(envelope, "id"))
                .withSource(URI.create(required(envelope, "source")))
                .withType(required(envelope, "type"));
        String time = text(envelope, "time");
        if (time != null) {
            event.withTime(OffsetDateTime.parse(time));
        }
        String traceparent = text(envelope, TraceContext.HEADER);
        if (traceparent != null) {
            event.withExtension(TraceContext.HEADER, traceparent);
        }
        byte[] data = data(envelope);
        if (data != null) {
            event.withData("application/json", data);
        }
        return event.build();
    }

    private static byte @Nullable [] data(ObjectNode envelope) {
        JsonNode data = envelope.get("data");
        JsonNode base64 = envelope.get("data_base64");
        if (base64 != null && base64.isString()) {
            return base64.binaryValue();
        }
        return data == null || data.isNull() ? null : JSON.write(data);
    }

    private static String required(ObjectNode envelope, String attribute) {
        String value = text(envelope, attribute);
        if (value == null) {
            throw badAttributes(attribute + " is missing");
        }
        return value;
    }

    private static @Nullable String text(ObjectNode envelope, String attribute) {
        JsonNode value = envelope.get(attribute);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isString()) {
            throw badAttributes(attribute + " is not a text");
        }
        return value.stringValue();
    }

    static @Nullable String header(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    private static PoisonException badAttributes(@Nullable String detail) {
        return new PoisonException(PoisonCode.BAD_ATTRIBUTES, String.valueOf(detail));
    }
}
