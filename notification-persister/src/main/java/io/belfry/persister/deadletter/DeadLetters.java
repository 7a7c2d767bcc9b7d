package io.belfry.persister.deadletter;

import io.belfry.events.Topics;
import io.belfry.persister.metrics.PersisterMetrics;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sets records aside as they came, byte for byte, and says why in headers behind their own. Safe for use by many threads. */
public final class DeadLetters {

    private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);

    private static final int MAX_DETAIL = 1_000;

    private final Supplier<Producer<byte[], byte[]>> producer;
    private final PersisterMetrics metrics;

    public DeadLetters(Supplier<Producer<byte[], byte[]>> producer, PersisterMetrics metrics) {
        this.producer = producer;
        this.metrics = metrics;
    }

    /** Counts, from now on, records of which one listener knows that they wait for their dead-letter topic. */
    public void watch(IntSupplier waiting) {
        metrics.deadLettersWaiting(waiting);
    }

    /**
     * Writes these and waits, some seconds at most, until every in-sync replica has them. A topic that cannot be written
     * is not tried with more than it takes to know.
     *
     * @return those of which that is not known: they must not count as done. One whose acknowledgement was lost is there
     *     all the same, and twice when it is written again
     */
    public List<DeadLetter> write(Collection<DeadLetter> letters) {
        Map<DeadLetter, Future<RecordMetadata>> sent = new LinkedHashMap<>();
        Set<String> refusing = new HashSet<>();
        List<DeadLetter> refused = new ArrayList<>();
        for (DeadLetter letter : letters) {
            ProducerRecord<byte[], byte[]> written = written(letter);
            if (refusing.contains(written.topic())) {
                refused.add(letter);
                continue;
            }
            Future<RecordMetadata> acknowledgement = producer.get().send(written);
            sent.put(letter, acknowledgement);
            // A topic that is missing blocks each sender for seconds; a thousand of them would cost us the partitions.
            if (acknowledgement.isDone() && failure(acknowledgement) != null) {
                refusing.add(written.topic());
            }
        }
        sent.forEach((letter, acknowledgement) -> {
            Throwable failure = failure(acknowledgement);
            if (failure == null) {
                tell(letter);
            } else {
                LOG.warn("{} waits; its dead letter is not taken: {}", place(letter.record()), failure.toString());
                refused.add(letter);
            }
        });
        return refused;
    }

    private void tell(DeadLetter letter) {
        metrics.deadLettered(letter.record().topic(), letter.code());
        LOG.warn("Set aside {}: {}", place(letter.record()), letter.code().wireName());
    }

    private static @Nullable Throwable failure(Future<RecordMetadata> acknowledgement) {
        try {
            acknowledgement.get();
            return null;
        } catch (ExecutionException e) {
            return e.getCause();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while waiting for an acknowledgement", e);
        }
    }

    private static ProducerRecord<byte[], byte[]> written(DeadLetter letter) {
        ConsumerRecord<byte[], byte[]> record = letter.record();
        Headers headers = new RecordHeaders(record.headers());
        add(headers, "belfry-error", letter.code().wireName());
        add(
                headers,
                "belfry-error-detail",
                letter.detail().substring(0, Math.min(letter.detail().length(), MAX_DETAIL)));
        add(headers, "belfry-original-topic", record.topic());
        add(headers, "belfry-original-partition", Integer.toString(record.partition()));
        add(headers, "belfry-original-offset", Long.toString(record.offset()));
        return new ProducerRecord<>(Topics.deadLetter(record.topic()), null, record.key(), record.value(), headers);
    }

    private static String place(ConsumerRecord<?, ?> record) {
        return record.topic() + "-" + record.partition() + "@" + record.offset();
    }

    private static void add(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
