package io.belfry.admin.deadletters;

import io.belfry.admin.Printable;
import io.belfry.events.names.Topics;
import io.belfry.json.MalformedJsonException;
import io.belfry.json.StrictJson;
import io.belfry.json.WireTime;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A record that was set aside. Its own headers come first, as they came; those of the persister count from the end. */
record DeadLetterRecord(ConsumerRecord<byte[], byte[]> record) {

    /** Headers that begin so are Belfry's, not the event's. */
    static final String OWN_PREFIX = "belfry-";

    static final String REPLAYED_AT = "belfry-replayed-at";

    /** Longest key in a line. */
    static final int LONGEST_SHOWN = 60;

    private static final String STRUCTURED = "application/cloudevents";
    private static final StrictJson JSON = StrictJson.ignoringUnknownFields();
    /** The envelope, the event, and {@code data} with its own levels. */
    private static final int MAX_DEPTH = StrictJson.MAX_DEPTH + 2;

    String topic() {
        return record.topic();
    }

    /** When it was set aside. */
    Instant time() {
        return Instant.ofEpochMilli(record.timestamp());
    }

    /** A hyphen if it says none. */
    String reason() {
        byte[] reason = header("belfry-error");
        return reason == null ? "-" : new String(reason, StandardCharsets.UTF_8);
    }

    /** Where it came from; null if what it says does not fit where it lies, so that a forged header cannot steer a replay elsewhere. */
    @Nullable
    String originalTopic() {
        byte[] header = header("belfry-original-topic");
        String said = header == null ? "" : new String(header, StandardCharsets.UTF_8);
        return topic().equals(Topics.deadLetter(said)) ? said : null;
    }

    boolean cameFrom(int partition, long offset) {
        return isNumber("belfry-original-partition", partition) && isNumber("belfry-original-offset", offset);
    }

    /** Without those that Belfry added. */
    List<Header> originalHeaders() {
        return Arrays.stream(record.headers().toArray())
                .filter(header -> !header.key().startsWith(OWN_PREFIX))
                .toList();
    }

    /** When it was replayed before it came here; null = never. */
    byte @Nullable [] replayedAt() {
        return header(REPLAYED_AT);
    }

    /** Source and id of the event in one line; a hyphen for what cannot be read. */
    String event() {
        byte[] contentType = header("content-type");
        if (contentType != null
                && record.value() != null
                && new String(contentType, StandardCharsets.UTF_8)
                        .toLowerCase(Locale.ROOT)
                        .startsWith(STRUCTURED)) {
            return structuredEvent(record.value());
        }
        return attribute(header("ce_source")) + " " + attribute(header("ce_id"));
    }

    /** How many bytes key and value have. */
    int size() {
        return Math.max(0, record.serializedKeySize()) + Math.max(0, record.serializedValueSize());
    }

    /** Where it lies, as {@code show} takes it. */
    String place() {
        return topic() + " " + record.partition() + " " + record.offset();
    }

    /** What {@code list} says of it. */
    String line() {
        byte[] replayed = replayedAt();
        return WireTime.format(time())
                + "  " + place()
                + "  " + Printable.bare(reason())
                + "  event " + event()
                + "  key " + Printable.shortLine(record.key(), LONGEST_SHOWN)
                + "  " + size() + " bytes"
                + (replayed == null ? "" : "  replayed at " + Printable.shortLine(replayed, LONGEST_SHOWN));
    }

    private static String structuredEvent(byte[] value) {
        try {
            JsonNode event = JSON.parseObject(value, MAX_DEPTH);
            return attribute(event.get("source")) + " " + attribute(event.get("id"));
        } catch (MalformedJsonException e) {
            return "- -";
        }
    }

    private static String attribute(@Nullable JsonNode text) {
        return attribute(
                text == null || !text.isString() ? null : text.stringValue().getBytes(StandardCharsets.UTF_8));
    }

    private static String attribute(byte @Nullable [] bytes) {
        return bytes == null ? "-" : Printable.shortLine(bytes, 80);
    }

    private boolean isNumber(String name, long number) {
        byte[] said = header(name);
        return said != null && new String(said, StandardCharsets.UTF_8).equals(Long.toString(number));
    }

    private byte @Nullable [] header(String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? null : header.value();
    }
}
