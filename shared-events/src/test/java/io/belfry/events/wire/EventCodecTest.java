package io.belfry.events.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.belfry.events.Audience;
import io.belfry.events.EventId;
import io.belfry.events.InboxChanged;
import io.belfry.events.NotificationRequested;
import io.belfry.events.NotificationStored.Recipient;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventCodecTest {

    private static final String BODY =
            "{\"audience\":{\"users\":[7]},\"sender_id\":3,\"notification_type\":\"exam_result\","
                    + "\"title\":\"Midterm graded\",\"message\":\"You scored 87.\",\"data\":{\"exam_id\":12},\"new\":1}";
    private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    private static final String ENVELOPE =
            "{\"specversion\":\"1.0\",\"id\":\"e-1\",\"source\":\"/exams\",\"type\":\"belfry.notification.requested.v1\","
                    + "\"traceparent\":\"" + TRACE + "\",\"data\":" + BODY + "}";

    private final EventCodec codec = new EventCodec();

    @Test
    void readsBinaryMode() {
        var event = decode(attributes("ce_time", "2026-03-01T10:00:00Z"), BODY);
        assertThat(event.eventId()).isEqualTo(new EventId("/exams", "e-1"));
        assertThat(event.time()).isEqualTo(Instant.parse("2026-03-01T10:00:00Z"));
        assertThat(event.data().audience()).isEqualTo(Audience.user(7));
        assertThat(event.data().data().json()).isEqualTo("{\"exam_id\":12}");
        assertThat(event.traceparent()).isNull();
    }

    @Test
    void readsStructuredModeAlike() {
        var event = decode(Map.of("content-type", "application/cloudevents+json; charset=UTF-8"), ENVELOPE);
        assertThat(event.eventId()).isEqualTo(new EventId("/exams", "e-1"));
        assertThat(event.data()).isEqualTo(decode(attributes(), BODY).data());
        assertThat(event.traceparent()).isEqualTo(TRACE);
    }

    @Test
    void carriesTraceContextFromHeaderOrExtension() {
        assertThat(decode(attributes("traceparent", TRACE), BODY).traceparent()).isEqualTo(TRACE);
        assertThat(decode(attributes("ce_traceparent", TRACE), BODY).traceparent())
                .isEqualTo(TRACE);
        assertThat(decode(attributes("traceparent", "nonsense"), BODY).traceparent())
                .isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "ce_id, , BAD_ATTRIBUTES",
        "ce_id, ' ', BAD_ATTRIBUTES",
        "ce_source, , BAD_ATTRIBUTES",
        "ce_source, '', BAD_ATTRIBUTES",
        "ce_type, , BAD_ATTRIBUTES",
        "ce_specversion, , BAD_ATTRIBUTES",
        "ce_specversion, 0.3, BAD_ATTRIBUTES",
        "ce_specversion, 2.0, BAD_ATTRIBUTES",
        "ce_time, yesterday, BAD_ATTRIBUTES",
        "ce_time, 1767225600000, BAD_ATTRIBUTES",
        "ce_time, 2026-03-01T10:00:00+24:00, BAD_ATTRIBUTES",
        "ce_time, +294277-01-01T00:00:00Z, BAD_ATTRIBUTES",
        "ce_type, belfry.notification.requested.v99, UNKNOWN_TYPE",
        "content-type, application/cloudevents+avro, BAD_ATTRIBUTES",
        "content-type, application/cloudevents-batch+json, BAD_ATTRIBUTES"
    })
    void attributesThatMakePoison(String header, String value, PoisonCode code) {
        Map<String, String> headers = attributes();
        if (value == null) {
            headers.remove(header);
        } else {
            headers.put(header, value);
        }
        assertThat(poison(headers, BODY).code()).isEqualTo(code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ce_id", "ce_source", "ce_type", "content-type"})
    void bytesThatAreNotUtf8AreNeverReplaced(String header) {
        RecordHeaders headers = headers(attributes());
        headers.remove(header);
        headers.add(header, "caf\u00e9".getBytes(StandardCharsets.ISO_8859_1));
        PoisonException poison = catchThrowableOfType(PoisonException.class, () -> decode(headers, BODY));
        assertThat(poison.code()).isEqualTo(PoisonCode.BAD_ATTRIBUTES);
        assertThat(poison).hasMessage(header + " is not UTF-8");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"user\":7,\"seq\":2}",
                "{\"user\":7,\"seq\":2,\"unread\":null}",
                "{\"user\":\"7\",\"seq\":2,\"unread\":1}",
                "{\"user\":7,\"seq\":2.0,\"unread\":1}",
                "{\"user\":7,\"seq\":9223372036854775808,\"unread\":1}",
                "{\"user\":[7],\"seq\":2,\"unread\":1}",
                "[7,2,1]",
                "null"
            })
    void aRecipientThatIsNotOneMakesPoison(String recipient) {
        assertThat(catchThrowableOfType(PoisonException.class, () -> recipients(recipient))
                        .code())
                .isEqualTo(PoisonCode.INVALID_FIELD);
    }

    @Test
    void aRecipientMayHaveFieldsOfALaterVersion() {
        assertThat(recipients("{\"seen\":{\"user\":1},\"unread\":3,\"seq\":9007199254740991,\"user\":7}"))
                .containsExactly(new Recipient(7, 9007199254740991L, 3));
    }

    private List<Recipient> recipients(String recipient) {
        String stored =
                "{\"epoch\":\"e\",\"notification\":{\"id\":1,\"notification_type\":\"exam_result\",\"title\":\"t\","
                        + "\"message\":\"m\",\"data\":{},\"created_at\":\"2026-03-01T10:00:00Z\"},\"recipients\":["
                        + recipient + "]}";
        byte[] value = stored.getBytes(StandardCharsets.UTF_8);
        RecordHeaders headers = headers(attributes("ce_type", EventType.NOTIFICATION_STORED.name()));
        return codec.decode(headers, value, EventType.NOTIFICATION_STORED)
                .data()
                .recipients();
    }

    @Test
    void mediaTypesAreNotCaseSensitive() {
        assertThat(decode(Map.of("content-type", "Application/CloudEvents+JSON"), ENVELOPE)
                        .data())
                .isEqualTo(decode(attributes(), BODY).data());
        assertThat(poison(Map.of("content-type", "application/json"), ENVELOPE))
                .hasMessageContaining("content-type must be application/cloudevents+json");
    }

    @Test
    void aHeaderWithoutAValueIsAbsent() {
        RecordHeaders headers = headers(attributes("ce_time", "2026-03-01T10:00:00Z"));
        headers.add("content-type", null);
        headers.add("ce_time", null);
        assertThat(decode(headers, BODY).time()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "2016-12-31T23:59:60Z, 2016-12-31T23:59:59Z",
        "2026-03-01T10:00:00.1234567891Z, 2026-03-01T10:00:00.123456789Z",
        "2026-03-01t10:00:00z, 2026-03-01T10:00:00Z",
        "2026-03-01T11:00:00.5+01:00, 2026-03-01T10:00:00.500Z",
        "2026-03-02T09:30:00+23:30, 2026-03-01T10:00:00Z",
        "2026-02-28T15:00:00-19:00, 2026-03-01T10:00:00Z"
    })
    void everyTimeOfRfc3339IsRead(String time, Instant read) {
        assertThat(decode(attributes("ce_time", time), BODY).time()).isEqualTo(read);
    }

    @Test
    void namesHaveAtMost255Characters() {
        assertThat(decode(attributes("ce_id", "é".repeat(255)), BODY).eventId().id())
                .hasSize(255);
        assertThat(poison(attributes("ce_id", "x".repeat(256)), BODY).code()).isEqualTo(PoisonCode.BAD_ATTRIBUTES);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                " | EMPTY",
                "'' | EMPTY",
                "x | NOT_JSON",
                "{\"audience\" | NOT_JSON",
                "[] | NOT_OBJECT",
                "\"text\" | NOT_OBJECT",
                "{\"a\":1,\"a\":1} | NOT_JSON",
                "{} | INVALID_FIELD",
                "{\"audience\":{\"users\":[]},\"notification_type\":\"message\",\"message\":\"m\"} | INVALID_FIELD"
            })
    void valuesThatMakePoison(String value, PoisonCode code) {
        assertThat(poison(attributes(), value).code()).isEqualTo(code);
    }

    @Test
    void depthIsRefusedBeforeItCanOverflowTheStack() {
        String deep = BODY.replace("{\"exam_id\":12}", "{\"a\":".repeat(100_000) + "1" + "}".repeat(100_000));
        assertThat(poison(attributes(), deep).code()).isEqualTo(PoisonCode.TOO_DEEP);
        String sixteen = BODY.replace("{\"exam_id\":12}", "{\"a\":".repeat(16) + "1" + "}".repeat(16));
        assertThat(decode(attributes(), sixteen).data().data().json()).startsWith("{\"a\":");
    }

    @Test
    void whatIsWrittenIsRead() {
        var change = InboxChanged.ofIds("e", 7, 19, 2, InboxChanged.Change.READ, List.of(9001L));
        var event = new Event<>(
                new EventId("belfry/persister", "9001:7"),
                EventType.INBOX_CHANGED,
                Instant.parse("2026-03-01T10:00:00Z"),
                TRACE,
                change);
        ProducerRecord<byte[], byte[]> record = codec.encode("inbox.changed", null, 4, event);
        assertThat(record.partition()).isEqualTo(4);
        assertThat(record.headers())
                .extracting(header -> header.key() + ": " + new String(header.value(), StandardCharsets.UTF_8))
                .contains(
                        "ce_specversion: 1.0",
                        "ce_id: 9001:7",
                        "ce_source: belfry/persister",
                        "ce_type: belfry.inbox.changed.v1",
                        "content-type: application/json",
                        "traceparent: " + TRACE);
        assertThat(codec.decode(record.headers(), record.value(), EventType.INBOX_CHANGED))
                .isEqualTo(event);
    }

    private Event<NotificationRequested> decode(Map<String, String> headers, String value) {
        return decode(headers(headers), value);
    }

    private Event<NotificationRequested> decode(RecordHeaders headers, String value) {
        byte[] bytes = value == null ? null : value.getBytes(StandardCharsets.UTF_8);
        return codec.decode(headers, bytes, EventType.NOTIFICATION_REQUESTED);
    }

    private PoisonException poison(Map<String, String> headers, String value) {
        return catchThrowableOfType(PoisonException.class, () -> decode(headers, value));
    }

    private static Map<String, String> attributes(String... more) {
        Map<String, String> attributes = new LinkedHashMap<>(Map.of(
                "ce_specversion", "1.0",
                "ce_id", "e-1",
                "ce_source", "/exams",
                "ce_type", "belfry.notification.requested.v1",
                "content-type", "application/json"));
        for (int i = 0; i < more.length; i += 2) {
            attributes.put(more[i], more[i + 1]);
        }
        return attributes;
    }

    private static RecordHeaders headers(Map<String, String> values) {
        RecordHeaders headers = new RecordHeaders();
        values.forEach((name, value) -> headers.add(name, value.getBytes(StandardCharsets.UTF_8)));
        return headers;
    }
}
