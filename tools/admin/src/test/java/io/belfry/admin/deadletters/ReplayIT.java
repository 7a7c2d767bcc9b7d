package io.belfry.admin.deadletters;

import static io.belfry.admin.deadletters.DeadLetterTopics.bytes;
import static io.belfry.admin.deadletters.DeadLetterTopics.header;
import static io.belfry.admin.deadletters.DeadLetterTopics.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.admin.CommandFailedException;
import io.belfry.admin.Outcome;
import io.belfry.events.names.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class ReplayIT {

    @AutoClose
    private final DeadLetterTopics box = new DeadLetterTopics();

    private final Topics topics = box.topics;

    ReplayIT() throws Exception {}

    private Outcome replay(String... options) {
        Outcome outcome = box.run("replay", options);
        assertThat(outcome.exitCode()).as(outcome.errors()).isZero();
        return outcome;
    }

    private List<String> values(String topic) {
        return box.read(topic).stream().map(record -> text(record.value())).toList();
    }

    @Test
    void putsBackKeyValueAndHeadersByteForByte() {
        byte[] binary = new byte[100_000];
        new Random(5).nextBytes(binary);
        byte[] key = {0, (byte) 0xff, 1};
        Header[] own = {
            header("ce_id", "one"),
            header("ce_source", "/exams"),
            header("twice", "first"),
            header("twice", "second"),
            header("raw", new byte[] {(byte) 0xff, 0}),
            header("empty", ""),
            header("none", (byte[]) null)
        };
        box.deadLetter(topics.requested(), "not_json", 0, 3, key, binary, null, own);
        box.deadLetter(topics.requested(), "empty", 1, 4, null, null, null);

        Instant before = Instant.now();
        Outcome outcome = replay();

        Map<Boolean, ConsumerRecord<byte[], byte[]>> written = new TreeMap<>();
        box.read(topics.requested()).forEach(record -> written.put(record.key() == null, record));
        assertThat(box.read(topics.requested())).hasSize(2);
        ConsumerRecord<byte[], byte[]> whole = written.get(false);
        assertThat(whole.key()).isEqualTo(key);
        assertThat(whole.value()).isEqualTo(binary);
        Header[] headers = whole.headers().toArray();
        assertThat(Arrays.copyOf(headers, own.length)).containsExactly(own);
        assertThat(headers).hasSize(own.length + 1);
        Header replayedAt = headers[own.length];
        assertThat(replayedAt.key()).isEqualTo("belfry-replayed-at");
        assertThat(Instant.parse(text(replayedAt.value()))).isBetween(before.minusMillis(1), Instant.now());
        ConsumerRecord<byte[], byte[]> bare = written.get(true);
        assertThat(bare.value()).isNull();
        assertThat(bare.headers().toArray()).hasSize(1);
        String letters = Topics.deadLetter(topics.requested());
        assertThat(outcome.output()).startsWith("""
                Replayed: 2
                  %1$s  empty  1
                  %1$s  not_json  1
                """.formatted(letters));
        assertThat(outcome.output().lines().reduce("", (last, line) -> line))
                .contains("admin dead-letters list --since ");
    }

    @Test
    void replaysWhatTheFiltersSelectAndNothingElse() {
        Instant early = Instant.now().minus(Duration.ofHours(2));
        box.deadLetter(topics.requested(), "unknown_course", "a", "chosen");
        box.deadLetter(topics.requested(), "not_json", "b", "other reason");
        box.deadLetter(topics.commands(), "unknown_course", "c", "other topic");
        box.deadLetter(topics.requested(), "unknown_course", 0, 0, bytes("d"), bytes("other time"), early);

        replay("--topic", "notifications.requested", "--reason", "unknown_course", "--since", "1h");

        assertThat(values(topics.requested())).containsExactly("chosen");
        assertThat(values(topics.commands())).isEmpty();
    }

    @Test
    void aDryRunWritesNothingAndSaysWhatItWouldDo() {
        box.deadLetter(topics.requested(), "unknown_course", "a", "one");
        box.deadLetter(topics.commands(), "unprocessable", "b", "two");
        box.deadLetter(topics.users(), "bad_key", "7", "gone since");

        Outcome dry = replay("--dry-run");

        for (String topic : topics.consumedByPersister()) {
            assertThat(box.read(topic)).as(topic).isEmpty();
            assertThat(box.read(Topics.deadLetter(topic))).as(topic).hasSizeLessThanOrEqualTo(1);
        }
        assertThat(dry.output())
                .contains("A dry run: nothing is written. To replay: 2\n")
                .contains("Left out: 1\n");
        String wet = replay().output();
        assertThat(wet).contains(dry.output().substring(dry.output().indexOf("To replay: 2") + 12));
        assertThat(values(topics.requested())).containsExactly("one");
    }

    @Test
    void writesAtMostSoManyASecond() {
        for (int i = 0; i < 50; i++) {
            box.deadLetter(topics.commands(), "unprocessable", "7", "command " + i);
        }

        Outcome outcome = replay("--max-rate", "25");

        assertThat(outcome.output()).contains("Commands are applied anew");
        List<Long> times = box.read(topics.commands()).stream()
                .map(ConsumerRecord::timestamp)
                .sorted()
                .toList();
        assertThat(times).hasSize(50);
        // A pause of this process between a record's turn and its time, a whole millisecond, shortens one of these.
        assertThat(IntStream.range(25, 50).filter(i -> times.get(i) - times.get(i - 25) < 990))
                .as("times within which 25 were written that are shorter than a second")
                .hasSizeLessThan(5);
        assertThat(box.read(topics.commands()).stream().map(record -> text(record.value())))
                .as("in their order")
                .startsWith("command 0", "command 1", "command 2")
                .endsWith("command 49");
    }

    @Test
    void copiesAreReplayedOnce() {
        for (int i = 0; i < 3; i++) {
            box.deadLetter(topics.requested(), "unknown_course", "a", "same", header("ce_id", "1"));
        }
        box.deadLetter(topics.requested(), "unknown_course", "a", "same", header("ce_id", "2"));
        box.deadLetter(
                topics.requested(),
                "unknown_course",
                "a",
                "same",
                header("ce_id", "1"),
                header("belfry-replayed-at", "2026-11-24T00:00:00.000Z"));
        box.deadLetter(topics.commands(), "unknown_course", "a", "same", header("ce_id", "1"));

        Outcome outcome = replay();

        assertThat(values(topics.requested())).containsExactly("same", "same");
        assertThat(values(topics.commands()))
                .as("on another topic it is no copy")
                .containsExactly("same");
        assertThat(outcome.output()).contains("Left out: 3\n  a copy of one before it  3\n");
    }

    @Test
    void aDeadLetterThatNamesAnotherTopicIsLeftOut() {
        box.send(new ProducerRecord<>(
                Topics.deadLetter(topics.requested()), 0, bytes("k"), bytes("forged"), new RecordHeaders(new Header[] {
                    header("belfry-original-topic", topics.users())
                })));
        box.send(new ProducerRecord<>(Topics.deadLetter(topics.requested()), 0, bytes("k"), bytes("bare")));

        Outcome outcome = replay();

        assertThat(outcome.output()).contains("Replayed: 0\n").contains("Left out: 2\n");
        for (String topic : topics.consumedByPersister()) {
            assertThat(box.read(topic)).as(topic).isEmpty();
        }
    }

    @Test
    void anOldPlatformRecordIsNeverPutOverANewerOne() {
        String users = topics.users();
        platform("newest", "v1", true);
        platform("overtaken", "v1", true);
        platform("deleted", "v1", true);
        platform("twice", "v1", true);
        platform("twice", "v2", true);
        platform("overtaken", "v2", false);
        box.send(new ProducerRecord<>(users, bytes("deleted"), null));
        // As after a deletion that compaction has removed.
        box.deadLetter(users, "bad_key", 0, 1_000, bytes("forgotten"), bytes("v1"), null);
        long end = box.read(users).size();

        Outcome outcome = replay();

        assertThat(box.read(users).stream()
                        .filter(record -> record.offset() >= end)
                        .map(record -> text(record.key()) + " " + text(record.value())))
                .containsExactly("newest v1", "twice v2");
        assertThat(outcome.output())
                .contains("Left out: 4\n  its key has had a newer record since  4\n")
                .contains("key \"overtaken\": its key has had a newer record since")
                .contains("key \"forgotten\"");
        assertThat(replay().output()).contains("Replayed: 0\n").contains("Left out: 6\n");
    }

    /** A record of the platform, and its dead letter if it was set aside. */
    private void platform(String key, String value, boolean setAside) {
        long offset = box.send(new ProducerRecord<>(topics.users(), bytes(key), bytes(value)))
                .offset();
        if (setAside) {
            box.deadLetter(topics.users(), "bad_key", 0, offset, bytes(key), bytes(value), null);
        }
    }

    @Test
    void goesElsewhereWhenAsked() {
        box.deadLetter(topics.users(), "bad_key", "7", "old");
        box.deadLetter(topics.requested(), "not_json", "a", "one");

        replay("--to-topic", "aside");

        assertThat(values(topics.prefix() + "aside")).containsExactly("one", "old");
        assertThat(box.read(topics.requested())).isEmpty();
        assertThat(box.run("replay", "--to-topic", "nowhere"))
                .isEqualTo(new Outcome(1, "", "there is no topic " + topics.prefix() + "nowhere\n"));
    }

    @Test
    void whatIsLargerThanItsTopicTakesIsSaidAndTheRestGoesOn() {
        box.deadLetter(topics.requested(), "not_json", 0, 0, bytes("large"), new byte[1_500_000], null);
        box.deadLetter(topics.requested(), "not_json", "small", "one");

        Outcome outcome = replay();

        assertThat(values(topics.requested())).containsExactly("one");
        assertThat(outcome.output()).contains("Left out: 1\n").contains("larger than ");
    }

    @Test
    void aSecondReplayIsRefusedWhileOneRuns() {
        box.deadLetter(topics.requested(), "not_json", "a", "one");
        try (ReplayLock running = ReplayLock.take(box.kafka, topics)) {
            Outcome second = box.run("replay");
            assertThat(second.exitCode()).isEqualTo(1);
            assertThat(second.errors())
                    .startsWith("a replay is running already, from /127.0.0.1")
                    .hasLineCount(1);
            assertThat(box.run("replay", "--dry-run").exitCode()).isZero();
            assertThat(box.run("list").exitCode()).isZero();
            running.check();
        }
        assertThat(box.read(topics.requested())).isEmpty();

        replay();

        assertThat(values(topics.requested())).containsExactly("one");
    }

    @Test
    void ofTwoThatBeginTogetherOneGoesOn() throws Exception {
        ExecutorService both = Executors.newFixedThreadPool(2);
        try {
            for (int round = 0; round < 3; round++) {
                CountDownLatch decided = new CountDownLatch(2);
                Callable<Boolean> take = () -> ownsToTheEnd(decided);
                List<Boolean> owns = new ArrayList<>();
                for (Future<Boolean> one : both.invokeAll(List.of(take, take))) {
                    owns.add(one.get());
                }
                assertThat(owns).containsExactlyInAnyOrder(true, false);
            }
        } finally {
            both.shutdown();
        }
    }

    /** Whether the lock is had, and still had when the other one has been decided about too. */
    private boolean ownsToTheEnd(CountDownLatch decided) throws InterruptedException {
        try (ReplayLock lock = take(decided)) {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            while (!decided.await(20, TimeUnit.MILLISECONDS) && System.nanoTime() < deadline) {
                lock.check();
            }
            lock.check();
            return true;
        } catch (CommandFailedException refusedOrLost) {
            return false;
        }
    }

    private ReplayLock take(CountDownLatch decided) {
        try {
            return ReplayLock.take(box.kafka, topics);
        } finally {
            decided.countDown();
        }
    }
}
