package io.belfry.admin.deadletters;

import static io.belfry.admin.deadletters.DeadLetterTopics.bytes;
import static io.belfry.admin.deadletters.DeadLetterTopics.header;
import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.admin.AdminSettings;
import io.belfry.admin.Outcome;
import io.belfry.events.names.Topics;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class LookingIT {

    @AutoClose
    private final DeadLetterTopics box = new DeadLetterTopics();

    private final Topics topics = box.topics;
    /** A record's time is a whole millisecond. */
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);

    LookingIT() throws Exception {}

    private void letter(String topic, String reason, String key, Duration ago) {
        box.deadLetter(topic, reason, 0, 0, bytes(key), bytes("{}"), now.minus(ago));
    }

    /** The keys of the lines. */
    private List<String> listed(String... options) {
        Outcome outcome = box.run("list", options);
        assertThat(outcome.exitCode()).as(outcome.errors()).isZero();
        return Pattern.compile("key \"(.*?)\"")
                .matcher(outcome.output())
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    @Test
    void selectsByTopicReasonAndTime() {
        letter(topics.requested(), "not_json", "hour", Duration.ofMinutes(61));
        letter(topics.requested(), "unknown_course", "minutes", Duration.ofMinutes(10));
        letter(topics.requested(), "not_json", "fresh", Duration.ofSeconds(20));
        letter(topics.commands(), "not_json", "command", Duration.ofMinutes(10));

        assertThat(listed()).containsExactly("hour", "minutes", "fresh", "command");
        assertThat(listed("--topic", "notifications.requested")).containsExactly("hour", "minutes", "fresh");
        for (String name : List.of("inbox.commands", topics.commands())) {
            assertThat(listed("--topic", name)).containsExactly("command");
            assertThat(listed("--topic", Topics.deadLetter(name))).containsExactly("command");
        }
        assertThat(listed("--reason", "not_json")).containsExactly("hour", "fresh", "command");
        assertThat(listed("--reason", "empty")).isEmpty();
        assertThat(listed("--since", "1h")).containsExactly("minutes", "fresh", "command");
        assertThat(listed("--until", "60m")).containsExactly("hour");
        assertThat(listed("--since", "15m", "--until", "60s")).containsExactly("minutes", "command");
        assertThat(listed("--since", now.minus(Duration.ofMinutes(10)).toString(), "--reason", "not_json"))
                .containsExactly("fresh", "command");
        assertThat(listed("--topic", "platform.users")).isEmpty();
    }

    @Test
    void timesAreExactAndSinceIsInclusive() {
        Instant time = Instant.parse("2026-01-02T03:04:05.678Z");
        box.deadLetter(topics.requested(), "empty", 0, 0, bytes("one"), null, time);

        assertThat(listed("--since", "2026-01-02T03:04:05.678Z")).containsExactly("one");
        assertThat(listed("--since", "2026-01-02T03:04:05.679Z")).isEmpty();
        assertThat(listed("--until", "2026-01-02T03:04:05.678Z")).isEmpty();
        assertThat(listed("--until", "2026-01-02T04:04:05.679+01:00")).containsExactly("one");
    }

    @Test
    void aLineSaysWhatItIsAndTheEndHowManyOfWhat() {
        Instant time = Instant.parse("2026-01-02T03:04:05.678Z");
        String letters = Topics.deadLetter(topics.requested());
        box.deadLetter(
                topics.requested(),
                "unknown_course",
                1,
                7,
                bytes("user:7"),
                bytes("{}"),
                time,
                header("ce_source", "/exams"),
                header("ce_id", "midterm-7"));
        String structured = "{\"specversion\":\"1.0\",\"source\":\"/sessions\",\"id\":\"s-1\"}";
        box.deadLetter(
                topics.requested(),
                "bad_attributes",
                1,
                8,
                null,
                bytes(structured),
                time,
                header("content-type", "application/cloudevents+json"),
                header("belfry-replayed-at", "2026-01-01T00:00:00.000Z"));

        Outcome outcome = box.run("list");

        assertThat(outcome.output()).isEqualTo("""
                        2026-01-02T03:04:05.678Z  %1$s 1 0  unknown_course  event "/exams" "midterm-7"  key "user:7"  8 bytes
                        2026-01-02T03:04:05.678Z  %1$s 1 1  bad_attributes  event "/sessions" "s-1"  key null  %2$d bytes\
                          replayed at "2026-01-01T00:00:00.000Z"
                        In all: 2
                          %1$s  bad_attributes  1
                          %1$s  unknown_course  1
                        """.formatted(letters, structured.length()));
        assertThat(outcome.errors()).isEmpty();
    }

    @Test
    void saysThatThereIsNothing() {
        assertThat(box.run("list")).isEqualTo(new Outcome(0, "No dead letters.\n", ""));
    }

    @Test
    void readsToTheEndOfItsBeginning() {
        box.deadLetter(topics.requested(), "empty", "before", "");
        try (DeadLetterReader deadLetters = new DeadLetterReader(box.kafka, topics)) {
            box.deadLetter(topics.requested(), "empty", "after", "");

            List<String> keys = new ArrayList<>();
            deadLetters.each(
                    new Selection(null, null, null, null),
                    found -> keys.add(DeadLetterTopics.text(found.record().key())));

            assertThat(keys).containsExactly("before");
        }
    }

    @Test
    void showsTextAsItStands() {
        String value = "{\"title\": \"Ünï\\u0007 👩‍🏫\",\n\t\"a\": 1, \"a\": 2, \"big\": 1e400}";
        box.deadLetter(
                topics.requested(),
                "not_json",
                1,
                5,
                bytes("user:7"),
                bytes(value),
                now,
                header("ce_id", "a\u001b[2Jb"),
                header("raw", new byte[] {(byte) 0xff, 0}),
                header("none", (byte[]) null),
                header("x y", "\"quoted\" \\ ‮"));

        Outcome outcome = box.run("show", "notifications.requested", "1", "0");

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.output()).endsWith("\n\n" + value + "\n").contains("""
                key: "user:7"
                ce_id: "a\\u001b[2Jb"
                raw: 0xff00
                none: null
                "x y": "\\"quoted\\" \\\\ \\u202e"
                belfry-error: "not_json"
                belfry-error-detail: "because"
                belfry-original-topic: "%s"
                belfry-original-partition: "0"
                belfry-original-offset: "5"
                """.formatted(topics.requested()));
    }

    @Test
    void dumpsAllElseToTheLastByte() {
        byte[] binary = new byte[1_000];
        new Random(4).nextBytes(binary);
        List<byte[]> values =
                List.of(binary, bytes("\u001b]0;owned\u0007"), bytes("abc\rdef"), bytes("{\"a\":\"‮\"}"), new byte[] {
                    (byte) 0xc0
                });
        for (int i = 0; i < values.size(); i++) {
            box.deadLetter(topics.requested(), "not_json", 0, i, null, values.get(i), now);
        }

        for (int i = 0; i < values.size(); i++) {
            String output = box.run("show", "notifications.requested", "0", String.valueOf(i))
                    .output();

            assertThat(dumped(output.substring(output.indexOf("\n\n") + 2))).isEqualTo(values.get(i));
            assertThat(output.chars().filter(each -> each < ' ' && each != '\n'))
                    .isEmpty();
        }
    }

    private static byte[] dumped(String dump) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        dump.lines().forEach(line -> {
            assertThat(Integer.parseInt(line.substring(0, 8), 16)).isEqualTo(bytes.size());
            for (String digits : line.substring(10, 58).trim().split(" ")) {
                bytes.write(Integer.parseInt(digits, 16));
            }
        });
        return bytes.toByteArray();
    }

    @Test
    void saysThatThereIsNoSuchDeadLetter() {
        box.deadLetter(topics.requested(), "empty", "key", "");

        for (String offset : List.of("1", "999999999999999999")) {
            Outcome outcome = box.run("show", "notifications.requested", "0", offset);
            assertThat(outcome.exitCode()).isEqualTo(1);
            assertThat(outcome.errors()).hasLineCount(1).contains("there is no dead letter");
        }
        assertThat(box.run("show", "notifications.requested", "7", "0").exitCode())
                .isEqualTo(1);
        assertThat(box.run("show", "notifications.requested", "0", "0").output())
                .contains("key: \"key\"");
    }

    @Test
    void forgedHeadersComeBeforeThoseThatCount() {
        Header[] forged = {header("belfry-error", "\u001b[31mred"), header("belfry-original-topic", "elsewhere")};
        box.deadLetter(topics.requested(), "empty", "key", "", forged);
        box.send(new ProducerRecord<>(
                Topics.deadLetter(topics.requested()), 0, bytes("stranger"), bytes(""), new RecordHeaders(forged)));

        assertThat(box.run("list").output())
                .contains("  empty  ")
                .contains("\"\\u001b[31mred\"")
                .doesNotContain("\u001b");
    }

    @Test
    void saysThatThereAreNoTopics() {
        Outcome outcome =
                Outcome.of(new AdminSettings(box.kafka, new Topics("none."), "", "", ""), "dead-letters", "list");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.errors())
                .contains("no topic of dead letters", "none.")
                .hasLineCount(1);
    }
}
