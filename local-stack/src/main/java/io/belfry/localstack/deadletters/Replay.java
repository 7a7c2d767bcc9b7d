package io.belfry.localstack.deadletters;

import io.belfry.events.NotificationPublisher;
import io.belfry.events.Topics;
import io.belfry.json.WireTime;
import io.belfry.localstack.process.ProcessFailedException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Puts letters back, one after the other, each acknowledged by all in-sync replicas before the next. Whatever it leaves
 * half-done may be done again: an event is stored once. Not thread-safe.
 */
final class Replay implements AutoCloseable {

    private static final int MOST_BYTES = 2 * 1024 * 1024 + 64 * 1024;
    private static final int TOLD_EVERY = 1_000;

    private final Topics topics;
    private final ReplayOptions options;
    private final NewestRecords newest;
    /** Null = nobody can come between: it is a dry run. */
    private final @Nullable ReplayLock lock;

    private final Producer<byte[], byte[]> producer;
    private final Clock clock;
    private final PrintStream out;
    private final Pace pace;
    private final Set<ByteBuffer> seen = new HashSet<>();
    private final Tally replayed = new Tally();
    private final Tally leftOut = new Tally();
    private boolean commands;

    Replay(
            String bootstrapServers,
            Topics topics,
            ReplayOptions options,
            NewestRecords newest,
            @Nullable ReplayLock lock,
            Clock clock,
            PrintStream out) {
        this.topics = topics;
        this.options = options;
        this.newest = newest;
        this.lock = lock;
        this.clock = clock;
        this.out = out;
        this.pace = new Pace(options.maxRate());
        Map<String, Object> settings = new HashMap<>(NotificationPublisher.producerSettings(bootstrapServers));
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MOST_BYTES);
        producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Says how many of what, also after a failure in the middle. */
    void report() {
        out.println(
                (options.dryRun() ? "A dry run: nothing is written. To replay: " : "Replayed: ") + replayed.total());
        replayed.print(out);
        if (leftOut.total() > 0) {
            out.println("Left out: " + leftOut.total());
            leftOut.print(out);
        }
        if (commands) {
            out.println("Commands are applied anew: what is read already stays so, and a mark_all_read without up_to"
                    + " reads all that is there by then.");
        }
    }

    /** @throws ProcessFailedException if it is not known to be written; nothing after it is */
    void add(DeadLetter letter) {
        if (lock != null) {
            lock.check();
        }
        String target = letter.originalTopic();
        if (target == null) {
            leaveOut(letter, "it does not say that it came from the topic beside");
        } else if (topics.platform().contains(target) && options.toTopic() == null && !newest.isOf(letter)) {
            leaveOut(letter, "its key has had a newer record since");
        } else if (!seen.add(
                Digest.of(target, letter.record().key(), letter.record().value(), letter.originalHeaders()))) {
            leaveOut(letter, "a copy of one before it");
        } else if (options.dryRun()) {
            count(letter);
        } else {
            write(letter, options.toTopic() == null ? target : options.toTopic());
        }
    }

    @Override
    public void close() {
        producer.close();
    }

    private void write(DeadLetter letter, String target) {
        try {
            pace.await();
            var record = new ProducerRecord<>(
                    target, null, letter.record().key(), letter.record().value(), letter.originalHeaders());
            record.headers()
                    .add(
                            DeadLetter.REPLAYED_AT,
                            WireTime.format(clock.instant()).getBytes(StandardCharsets.UTF_8));
            producer.send(record).get();
            count(letter);
            if (replayed.total() % TOLD_EVERY == 0) {
                out.println(replayed.total() + " are replayed");
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RecordTooLargeException) {
                leaveOut(letter, "larger than " + target + " takes");
            } else {
                throw new ProcessFailedException("not known to be written: " + letter.place() + ": " + e.getCause(), e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProcessFailedException("interrupted", e);
        }
    }

    private void count(DeadLetter letter) {
        replayed.add(letter);
        commands |= topics.commands().equals(letter.originalTopic());
    }

    private void leaveOut(DeadLetter letter, String why) {
        leftOut.add(why);
        out.println("left out: " + letter.place() + "  key "
                + Printable.shortLine(letter.record().key(), 60) + ": " + why);
    }
}
