package io.belfry.e2e.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.belfry.e2e.client.Json;
import io.belfry.e2e.system.Database.Counters;
import io.belfry.e2e.system.Events;
import io.belfry.e2e.system.Events.Draft;
import io.belfry.e2e.system.NotificationSystem;
import io.belfry.e2e.system.Platform;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** P25: what was poison for a cause outside of it is put back when the cause is gone, as often as anybody likes. */
class DeadLettersReplayedIT {

    private static final String DEAD_LETTERS = Events.REQUESTED + ".dlt";
    private static final int EVENTS = 200;
    private static final int STUDENTS = 3;
    private static final int MAX_RATE = 100;

    private final NotificationSystem system = NotificationSystem.shared();

    @TempDir
    private Path folder;

    private record Outcome(int exitCode, String output, String errors) {}

    @Test
    void areStoredOnceHoweverOftenTheyAreReplayed() throws Exception {
        Instant began = Instant.now();
        long course = system.platform().newCourseId();
        List<Long> students = system.platform().newUserIds(STUDENTS);
        List<String> ids = publishToUnknownCourse(course);
        assertThat(system.database().storedEvents(ids)).isZero();
        makeKnown(course, students);

        Outcome first = replay(began);

        assertThat(first.exitCode()).as(first.errors()).isZero();
        assertThat(first.output()).contains("Replayed: " + EVENTS + "\n");
        await("all are stored")
                .atMost(Duration.ofSeconds(60))
                .until(() -> system.database().storedEvents(ids) == EVENTS);
        awaitAllHandled();
        Counters whole = new Counters(EVENTS, EVENTS, EVENTS);
        for (long student : students) {
            assertThat(system.database().counters(student)).isEqualTo(whole);
            assertThat(system.database().items(student)).hasSize(EVENTS);
        }
        checkPace(ids);

        Outcome second = replay(began);

        assertThat(second.exitCode()).as(second.errors()).isZero();
        assertThat(second.output()).contains("Replayed: " + EVENTS + "\n");
        awaitAllHandled();
        for (long student : students) {
            assertThat(system.database().counters(student)).isEqualTo(whole);
        }
        assertThat(system.database().storedEvents(ids)).isEqualTo(EVENTS);
        assertThat(system.database().inconsistencies(students)).isEmpty();
        assertThat(lettersOf(ids)).as("none came back").isEqualTo(EVENTS);
        System.out.printf(
                "%d dead letters replayed twice at %d a second: %d stored, 0 duplicates%n",
                EVENTS, MAX_RATE, system.database().storedEvents(ids));
    }

    /** Returns when all of them are dead letters. */
    private List<String> publishToUnknownCourse(long course) {
        List<String> ids = new ArrayList<>();
        List<Draft> drafts = new ArrayList<>();
        for (int i = 0; i < EVENTS; i++) {
            String id = Events.newId();
            ids.add(id);
            drafts.add(Events.request(
                    id,
                    Json.object(
                            "audience",
                            Map.of("course", course),
                            "notification_type",
                            "announcement",
                            "title",
                            "early " + i,
                            "message",
                            "Before the course was known.")));
        }
        system.events().publishAll(drafts);
        await("all are set aside").atMost(Duration.ofSeconds(60)).until(() -> lettersOf(ids) == EVENTS);
        return ids;
    }

    private void makeKnown(long course, List<Long> students) {
        List<Draft> records = new ArrayList<>(List.of(Platform.course(course, "Course " + course)));
        students.forEach(student -> records.add(Platform.member(course, student, "student")));
        system.platform().publish(records.toArray(Draft[]::new));
        system.platform().awaitStudents(course, STUDENTS);
    }

    private long lettersOf(List<String> ids) {
        Set<String> ours = Set.copyOf(ids);
        return system.events().read(DEAD_LETTERS).stream()
                .filter(letter -> ours.contains(Events.header(letter, "ce_id")))
                .count();
    }

    /** Whatever lies in the topic now has been handled when what comes behind it is stored. */
    private void awaitAllHandled() {
        long last = system.platform().newUserId();
        int partitions = system.events().partitions(Events.REQUESTED);
        List<Draft> fence = new ArrayList<>();
        for (int partition = 0; partition < partitions; partition++) {
            fence.add(Events.request(Events.newId(), Events.message(List.of(last), "Fence"))
                    .partition(partition));
        }
        system.events().publishAll(fence);
        await("every partition is handled to its fence")
                .atMost(Duration.ofSeconds(60))
                .until(() -> system.database().counters(last).seq() == partitions);
    }

    /** Of the replayed records, which say so, no more than the rate lie in any second. */
    private void checkPace(List<String> ids) {
        Set<String> ours = Set.copyOf(ids);
        List<Long> times = system.events().read(Events.REQUESTED).stream()
                .filter(record -> ours.contains(Events.header(record, "ce_id")))
                .filter(record -> !Events.header(record, "belfry-replayed-at").isEmpty())
                .map(record -> record.timestamp())
                .sorted()
                .collect(Collectors.toList());
        assertThat(times).hasSize(EVENTS);
        for (int i = MAX_RATE; i < times.size(); i++) {
            // Timestamps are whole milliseconds.
            assertThat(times.get(i) - times.get(i - MAX_RATE)).isGreaterThanOrEqualTo(990);
        }
    }

    /** What {@code ./dev dead-letters replay} runs, as an operator of another machine's broker would. */
    private Outcome replay(Instant since) throws Exception {
        Path output = folder.resolve("output");
        Path errors = folder.resolve("errors");
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        ProcessBuilder replay = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-cp",
                        classPath,
                        "io.belfry.localstack.command.LocalStackMain",
                        "dead-letters",
                        "replay",
                        "--topic",
                        Events.REQUESTED,
                        "--reason",
                        "unknown_course",
                        "--since",
                        since.toString(),
                        "--max-rate",
                        String.valueOf(MAX_RATE))
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile());
        replay.environment().put("BELFRY_KAFKA_BOOTSTRAP", system.events().bootstrapServers());
        replay.environment().put("BELFRY_KAFKA_TOPIC_PREFIX", system.events().topic(""));
        Process process = replay.start();
        try {
            assertThat(process.waitFor(120, TimeUnit.SECONDS))
                    .as("the replay ends")
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        return new Outcome(process.exitValue(), Files.readString(output), Files.readString(errors));
    }
}
