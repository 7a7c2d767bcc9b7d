package io.belfry.admin.deadletters;

import io.belfry.admin.CommandFailedException;
import io.belfry.admin.Printable;
import io.belfry.events.names.Topics;
import io.belfry.events.wire.NotificationPublisher;
import io.belfry.json.WireTime;
import io.belfry.runtime.kafka.KafkaAccess;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.TypeConversionException;

/**
 * Puts letters back, one after the other, each acknowledged by all in-sync replicas before the next. Whatever it leaves
 * half-done may be done again: an event is stored once. Not thread-safe.
 */
final class Replay implements AutoCloseable {

    private static final int MOST_BYTES = 2 * 1024 * 1024 + 64 * 1024;
    private static final int TOLD_EVERY = 1_000;

    private static final int HIGHEST_RATE = 10_000;

    /**
     * How dead letters are put back.
     *
     * @param maxRate a second
     * @param toTopic with prefix; null = each to where it came from
     */
    record Plan(int maxRate, boolean dryRun, @Nullable String toTopic) {

        /** @throws TypeConversionException for what is never done */
        static Plan of(int maxRate, boolean dryRun, @Nullable String toTopic, Topics topics) {
            if (maxRate < 1 || maxRate > HIGHEST_RATE) {
                throw new TypeConversionException(
                        "--max-rate: not a whole number from 1 to " + HIGHEST_RATE + ": " + maxRate);
            }
            return new Plan(maxRate, dryRun, toTopic == null ? null : target(toTopic, topics));
        }

        private static String target(String given, Topics topics) {
            String target = given.startsWith(topics.prefix()) ? given : topics.prefix() + given;
            if (target.endsWith(Topics.DEAD_LETTER_SUFFIX)) {
                throw new TypeConversionException("--to-topic: only the persister writes dead letters");
            }
            if (topics.platform().contains(target)) {
                throw new TypeConversionException("--to-topic: what is newest there cannot be told from elsewhere: "
                        + target + " takes its own dead letters only, without --to-topic");
            }
            return target;
        }
    }

    private final Topics topics;
    private final Plan plan;
    private final NewestRecords newest;
    /** Null = no other replay can come between: it is a dry run. */
    private final @Nullable ReplayLock lock;

    private final Producer<byte[], byte[]> producer;
    private final Clock clock;
    private final PrintStream out;
    private final long interval;
    private long next = System.nanoTime();
    private final Set<ByteBuffer> seen = new HashSet<>();
    private final Tally replayed = new Tally();
    private final Tally leftOut = new Tally();
    private boolean commands;

    Replay(
            KafkaAccess kafka,
            Topics topics,
            Plan plan,
            NewestRecords newest,
            @Nullable ReplayLock lock,
            Clock clock,
            PrintStream out) {
        this.topics = topics;
        this.plan = plan;
        this.newest = newest;
        this.lock = lock;
        this.clock = clock;
        this.out = out;
        this.interval = TimeUnit.SECONDS.toNanos(1) / plan.maxRate();
        Map<String, Object> settings = kafka.with(NotificationPublisher.producerSettings(kafka.bootstrap()));
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MOST_BYTES);
        producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Says how many of what, also after a failure in the middle. */
    void report() {
        out.println((plan.dryRun() ? "A dry run: nothing is written. To replay: " : "Replayed: ") + replayed.total());
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

    /** @throws CommandFailedException if it is not known to be written; nothing after it is */
    void add(DeadLetterRecord deadLetter) {
        if (lock != null) {
            lock.check();
        }
        String target = deadLetter.originalTopic();
        if (target == null) {
            leaveOut(deadLetter, "it does not say that it came from the topic beside");
        } else if (topics.platform().contains(target) && plan.toTopic() == null && !newest.isOf(deadLetter)) {
            leaveOut(deadLetter, "its key has had a newer record since");
        } else if (!seen.add(Digest.of(
                target, deadLetter.record().key(), deadLetter.record().value(), deadLetter.originalHeaders()))) {
            leaveOut(deadLetter, "a copy of one before it");
        } else if (plan.dryRun()) {
            count(deadLetter);
        } else {
            write(deadLetter, plan.toTopic() == null ? target : plan.toTopic());
        }
    }

    @Override
    public void close() {
        producer.close();
    }

    private void write(DeadLetterRecord deadLetter, String target) {
        try {
            awaitTurn();
            var record = new ProducerRecord<>(
                    target, null, deadLetter.record().key(), deadLetter.record().value(), deadLetter.originalHeaders());
            record.headers()
                    .add(
                            DeadLetterRecord.REPLAYED_AT,
                            WireTime.format(clock.instant()).getBytes(StandardCharsets.UTF_8));
            producer.send(record).get();
            count(deadLetter);
            if (replayed.total() % TOLD_EVERY == 0) {
                out.println(replayed.total() + " are replayed");
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RecordTooLargeException) {
                leaveOut(deadLetter, "larger than " + target + " takes");
            } else {
                throw new CommandFailedException(
                        "not known to be written: " + deadLetter.place() + ": " + e.getCause(), e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailedException("interrupted", e);
        }
    }

    /** At most so many a second, evenly: what was missed while something took long is not caught up. */
    private void awaitTurn() throws InterruptedException {
        for (long left = next - System.nanoTime(); left > 0; left = next - System.nanoTime()) {
            TimeUnit.NANOSECONDS.sleep(left);
        }
        next = System.nanoTime() + interval;
    }

    private void count(DeadLetterRecord deadLetter) {
        replayed.add(deadLetter);
        commands |= topics.commands().equals(deadLetter.originalTopic());
    }

    private void leaveOut(DeadLetterRecord deadLetter, String why) {
        leftOut.add(why);
        out.println("left out: " + deadLetter.place() + "  key "
                + Printable.shortLine(deadLetter.record().key(), 60) + ": " + why);
    }
}
