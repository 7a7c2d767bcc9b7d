package io.belfry.persister.deadletter;

import io.belfry.events.PoisonCode;
import io.belfry.events.Topics;
import io.belfry.persister.kafka.Outbox;
import io.belfry.persister.metrics.PersisterMetrics;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sets records aside as they came, byte for byte, and says why in headers behind their own. Sends without waiting:
 * whoever calls awaits the outbox before the record counts as done. Safe for use by many threads.
 */
public final class DeadLetters {

    private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);

    private static final int MAX_DETAIL = 1_000;

    private final PersisterMetrics metrics;

    public DeadLetters(PersisterMetrics metrics) {
        this.metrics = metrics;
    }

    /** @param detail for operators; names fields, never their values */
    public void send(Outbox outbox, ConsumerRecord<byte[], byte[]> record, PoisonCode code, String detail) {
        Headers headers = new RecordHeaders(record.headers());
        add(headers, "belfry-error", code.wireName());
        add(headers, "belfry-error-detail", detail.substring(0, Math.min(detail.length(), MAX_DETAIL)));
        add(headers, "belfry-original-topic", record.topic());
        add(headers, "belfry-original-partition", Integer.toString(record.partition()));
        add(headers, "belfry-original-offset", Long.toString(record.offset()));
        outbox.send(
                new ProducerRecord<>(Topics.deadLetter(record.topic()), null, record.key(), record.value(), headers));
        metrics.deadLettered(record.topic(), code);
        LOG.warn("Set aside {}-{}@{}: {}", record.topic(), record.partition(), record.offset(), code.wireName());
    }

    private static void add(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
