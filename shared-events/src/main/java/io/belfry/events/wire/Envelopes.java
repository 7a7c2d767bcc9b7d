package io.belfry.events.wire;

import io.belfry.events.EventId;
import io.belfry.json.MalformedJsonException;
import io.belfry.json.StrictJson;
import io.belfry.json.Utf8;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.net.URI;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads the CloudEvents envelope of a record, in binary and in structured mode. The SDK's readers replace bytes that are not
 * UTF-8, so that two names become one, and its JSON format brings another JSON library, one that takes duplicate names.
 */
final class Envelopes {

    private static final String STRUCTURED = "application/cloudevents";
    private static final String STRUCTURED_JSON = STRUCTURED + "+json";
    private static final String CONTENT_TYPE = "content-type";

    // https://www.rfc-editor.org/rfc/rfc3339#section-5.6
    private static final Pattern RFC_3339 = Pattern.compile("(?<minute>\\d{4}-\\d\\d-\\d\\d[Tt]\\d\\d:\\d\\d)"
            + "(?<second>:\\d\\d)(?<fraction>\\.\\d+)?([Zz]|(?<sign>[+-])(?<offset>([01]\\d|2[0-3]):[0-5]\\d))");

    static final String TRACEPARENT = "traceparent";

    // https://www.w3.org/TR/trace-context/#traceparent-header
    private static final Pattern TRACE = Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");

    /** The envelope, the event, and {@code data} with its own levels. */
    private static final int MAX_DEPTH = StrictJson.MAX_DEPTH + 2;

    private static final StrictJson JSON = StrictJson.ignoringUnknownFields();

    private Envelopes() {}

    static CloudEvent read(Headers headers, byte[] value) {
        Map<String, String> attributes = attributes(headers);
        String contentType = attributes.getOrDefault(CONTENT_TYPE, "");
        try {
            if (contentType.toLowerCase(Locale.ROOT).startsWith(STRUCTURED)) {
                return structured(contentType, value);
            }
            if (!attributes.containsKey("ce_specversion") && isEnvelope(value)) {
                throw badAttributes("the value is an event in structured mode, so content-type must be "
                        + STRUCTURED_JSON + ", not that of its data");
            }
            return event(name -> attributes.get("ce_" + name), value);
        } catch (MalformedJsonException e) {
            throw poison(e);
        } catch (IllegalArgumentException | IllegalStateException | DateTimeException e) {
            // No URI, no such day: none depends on anything but the record.
            throw badAttributes("no readable CloudEvents attributes: " + e.getMessage());
        }
    }

    /** The headers that describe the event, by name. One without a value is an absent one. */
    private static Map<String, String> attributes(Headers headers) {
        Map<String, String> attributes = new HashMap<>();
        for (Header header : headers) {
            String name = header.key().toLowerCase(Locale.ROOT);
            if (name.startsWith("ce_") || name.equals(CONTENT_TYPE)) {
                if (header.value() == null) {
                    attributes.remove(name);
                } else {
                    attributes.put(name, utf8(name, header.value()));
                }
            }
        }
        return attributes;
    }

    /** Two different names must not become one, so nothing is replaced. */
    private static String utf8(String header, byte[] value) {
        try {
            return Utf8.decode(value);
        } catch (CharacterCodingException e) {
            throw badAttributes(header + " is not UTF-8");
        }
    }

    /** Whether this is a whole event, which some producers send with the content type of its data. */
    private static boolean isEnvelope(byte[] value) {
        try {
            return JSON.parseObject(value, MAX_DEPTH).has("specversion");
        } catch (MalformedJsonException e) {
            return false;
        }
    }

    /**
     * RFC 3339, in UTC: of the digits behind the second nine are kept, a leap second counts as the one before it, and
     * offsets reach further than Java's 18 hours.
     */
    private static OffsetDateTime time(String text) {
        Matcher time = RFC_3339.matcher(text);
        if (!time.matches()) {
            throw badAttributes("time must be RFC 3339");
        }
        String second = ":60".equals(time.group("second")) ? ":59" : time.group("second");
        String fraction = Objects.requireNonNullElse(time.group("fraction"), "");
        String kept = fraction.substring(0, Math.min(fraction.length(), 1 + 9));
        int ahead = LocalTime.parse(Objects.requireNonNullElse(time.group("offset"), "00:00"))
                .get(ChronoField.MINUTE_OF_DAY);
        return LocalDateTime.parse((time.group("minute") + second + kept).toUpperCase(Locale.ROOT))
                .atOffset(ZoneOffset.UTC)
                .minusMinutes("-".equals(time.group("sign")) ? -ahead : ahead);
    }

    static EventId eventId(CloudEvent event) {
        try {
            return new EventId(event.getSource().toString(), event.getId());
        } catch (IllegalArgumentException e) {
            throw badAttributes(e.getMessage());
        }
    }

    /** The W3C trace context: the Kafka header, else the CloudEvents extension; anything malformed is dropped. */
    static @Nullable String traceparent(Headers headers, CloudEvent event) {
        Header header = headers.lastHeader(TRACEPARENT);
        // The form is ASCII; whatever else the bytes say does not fit it.
        String value = header != null && header.value() != null
                ? new String(header.value(), StandardCharsets.ISO_8859_1)
                : String.valueOf(event.getExtension(TRACEPARENT));
        return TRACE.matcher(value).matches() ? value : null;
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
        if (!mediaType.equals(STRUCTURED) && !mediaType.equals(STRUCTURED_JSON)) {
            throw badAttributes("only the JSON format of structured mode is read");
        }
        ObjectNode envelope = JSON.parseObject(value, MAX_DEPTH);
        return event(name -> text(envelope, name), data(envelope));
    }

    private static CloudEvent event(AttributeReader attributes, byte @Nullable [] data) {
        if (!"1.0".equals(attributes.read("specversion"))) {
            throw badAttributes("specversion must be 1.0");
        }
        CloudEventBuilder event = CloudEventBuilder.v1()
                .withId(required(attributes, "id"))
                .withSource(URI.create(required(attributes, "source")))
                .withType(required(attributes, "type"));
        String time = attributes.read("time");
        if (time != null) {
            event.withTime(time(time));
        }
        String traceparent = attributes.read(TRACEPARENT);
        if (traceparent != null) {
            event.withExtension(TRACEPARENT, traceparent);
        }
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

    private static String required(AttributeReader attributes, String name) {
        String value = attributes.read(name);
        if (value == null) {
            throw badAttributes(name + " is missing");
        }
        return value;
    }

    /** An attribute by its name; null = it is not there. */
    private interface AttributeReader {
        @Nullable
        String read(String name);
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

    private static PoisonException badAttributes(@Nullable String detail) {
        return new PoisonException(PoisonCode.BAD_ATTRIBUTES, String.valueOf(detail));
    }
}
