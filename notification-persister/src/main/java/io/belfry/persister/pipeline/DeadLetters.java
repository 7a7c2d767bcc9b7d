package io.belfry.persister.pipeline;

import io.belfry.events.names.DeadLetterHeaders;
import io.belfry.events.names.Topics;
import io.belfry.persister.announce.Announcements;
import io.belfry.persister.metrics.PersisterMetrics;
import io.belfry.persister.pipeline.Handler.Poison;
import io.belfry.persister.pipeline.RetryBudgets.Budget;
import io.belfry.runtime.tracing.LoggedTrace;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes dead letters of poison: the record byte for byte, and the reason in headers behind its own. One that is too
 * large for its topic is cut to its head; where the record itself is stands in the headers. A topic that takes none is left
 * alone for some seconds, because each attempt costs some. Not safe for use by more than one thread.
 */
public final class DeadLetters {

    private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);

    private static final int MAX_DETAIL = 1_000;

    /** Bytes of a record that its dead-letter topic does not take whole: the rest is where it was published. */
    private static final int HEAD = 64 * 1024;

    private final Writer writer;
    private final RetryQueue<?> queue;
    private final RetryBudgets budgets;
    private final Consumer<Poison> rejected;

    /** Dead letters of a slice that did not come to its end: at its next attempt they are there already. */
    private final Set<String> written = new HashSet<>();

    /** Since a topic did not take all; null = it did. */
    private @Nullable Budget refusing;

    /** So many wait for which the queue has no room. */
    private volatile int turnedAway;

    /**
     * @param queue takes poison that its topic does not take
     * @param rejected told of each before it is written
     */
    DeadLetters(Writer writer, RetryQueue<?> queue, RetryBudgets budgets, Consumer<Poison> rejected) {
        this.writer = writer;
        this.queue = queue;
        this.budgets = budgets;
        this.rejected = rejected;
        writer.metrics.deadLettersWaiting(() -> queue.poisonWaiting() + turnedAway);
    }

    /**
     * Waits until every in-sync replica has these, or puts them into the retry queue.
     *
     * @throws KafkaException if they are refused and the queue has no room for them
     */
    void write(List<Poison> poison) {
        List<Poison> due = poison.stream()
                .filter(one -> !written.contains(Handler.place(one.record())))
                .toList();
        Set<Poison> told = new HashSet<>(queue.poison());
        due.stream().filter(one -> !told.contains(one)).forEach(rejected);
        List<Poison> refused = due.isEmpty() || !isDue() ? due : attempt(due);
        turnedAway = queue.hold(refused) ? 0 : refused.size();
        if (turnedAway > 0) {
            throw new KafkaException("the dead-letter topic does not take " + refused.size() + " records");
        }
    }

    private boolean isDue() {
        return refusing == null || refusing.isDue();
    }

    private List<Poison> attempt(List<Poison> poison) {
        List<Poison> refused = writer.write(poison);
        Set<Poison> taken = new HashSet<>(poison);
        refused.forEach(taken::remove);
        taken.forEach(one -> {
            written.add(Handler.place(one.record()));
            queue.release(one.record());
        });
        if (refused.isEmpty()) {
            refusing = null;
        } else if (refusing == null) {
            refusing = budgets.begin();
        } else {
            refusing.failedAgain(false);
        }
        return refused;
    }

    /** Their slice has come to its end. */
    void forgetWritten() {
        written.clear();
        turnedAway = 0;
    }

    /** The way to the dead-letter topics, shared by all threads. */
    public static final class Writer {

        private final Supplier<Producer<byte[], byte[]>> producer;
        private final PersisterMetrics metrics;

        public Writer(Supplier<Producer<byte[], byte[]>> producer, PersisterMetrics metrics) {
            this.producer = producer;
            this.metrics = metrics;
        }

        /** Returns those that are not acknowledged within the producer's time. */
        private List<Poison> write(List<Poison> poison) {
            return send(poison, Integer.MAX_VALUE);
        }

        /** @param limit bytes of a record's value that its letter has */
        private List<Poison> send(List<Poison> poison, int limit) {
            Map<Poison, Future<RecordMetadata>> sent = new LinkedHashMap<>();
            Set<String> refusing = new HashSet<>();
            List<Poison> refused = new ArrayList<>();
            List<Poison> tooLarge = new ArrayList<>();
            for (Poison one : poison) {
                ProducerRecord<byte[], byte[]> letter = letter(one, limit);
                if (refusing.contains(letter.topic())) {
                    refused.add(one);
                    continue;
                }
                Future<RecordMetadata> acknowledgement = producer.get().send(letter);
                sent.put(one, acknowledgement);
                // A missing topic blocks each send for seconds; a thousand of them would cost the partitions.
                if (acknowledgement.isDone() && Announcements.failure(acknowledgement) != null) {
                    refusing.add(letter.topic());
                }
            }
            sent.forEach((one, acknowledgement) -> {
                Throwable failure = Announcements.failure(acknowledgement);
                if (failure == null) {
                    metrics.deadLettered(one.record().topic(), one.code());
                    LoggedTrace.of(
                            one.record(),
                            () -> LOG.warn(
                                    "Set aside {}: {}",
                                    Handler.place(one.record()),
                                    one.code().wireName()));
                } else if (failure instanceof RecordTooLargeException && limit > HEAD && size(one) > HEAD) {
                    tooLarge.add(one);
                } else {
                    LoggedTrace.of(
                            one.record(),
                            () -> LOG.warn(
                                    "{} waits; its dead letter is not taken: {}",
                                    Handler.place(one.record()),
                                    failure.toString()));
                    refused.add(one);
                }
            });
            if (!tooLarge.isEmpty()) {
                refused.addAll(send(tooLarge, HEAD));
            }
            return refused;
        }

        private static int size(Poison poison) {
            byte[] value = poison.record().value();
            return value == null ? 0 : value.length;
        }

        private static ProducerRecord<byte[], byte[]> letter(Poison poison, int limit) {
            ConsumerRecord<byte[], byte[]> record = poison.record();
            Headers headers = new RecordHeaders(record.headers());
            byte[] value = record.value();
            String detail = poison.detail();
            if (size(poison) > limit) {
                value = Arrays.copyOf(value, limit);
                detail = "the first " + limit + " of " + size(poison) + " bytes; " + detail;
            }
            add(headers, DeadLetterHeaders.ERROR, poison.code().wireName());
            add(headers, DeadLetterHeaders.ERROR_DETAIL, detail.substring(0, Math.min(detail.length(), MAX_DETAIL)));
            add(headers, DeadLetterHeaders.ORIGINAL_TOPIC, record.topic());
            add(headers, DeadLetterHeaders.ORIGINAL_PARTITION, Integer.toString(record.partition()));
            add(headers, DeadLetterHeaders.ORIGINAL_OFFSET, Long.toString(record.offset()));
            return new ProducerRecord<>(Topics.deadLetter(record.topic()), null, record.key(), value, headers);
        }

        private static void add(Headers headers, String name, String value) {
            headers.add(name, value.getBytes(StandardCharsets.UTF_8));
        }
    }
}
