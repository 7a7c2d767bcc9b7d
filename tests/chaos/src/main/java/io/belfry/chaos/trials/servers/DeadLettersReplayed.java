package io.belfry.chaos.trials.servers;

import static org.awaitility.Awaitility.await;

import io.belfry.chaos.harness.Arena;
import io.belfry.chaos.harness.Scale;
import io.belfry.chaos.harness.Trial;
import io.belfry.chaos.harness.TrialOutcome;
import io.belfry.chaos.load.OperationLog.End;
import io.belfry.chaos.load.OperationLog.Operation;
import io.belfry.kit.contract.Json;
import io.belfry.kit.kafka.Events;
import io.belfry.kit.kafka.Events.Draft;
import io.belfry.kit.system.Platform;
import java.io.IOException;
import java.io.UncheckedIOException;
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
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What was poison for a cause outside of it is put back when the cause is gone, and then once more. */
public final class DeadLettersReplayed implements Trial {

    private static final String DEAD_LETTERS = Events.REQUESTED + ".dlt";
    private static final int LETTERS = 1_000;
    private static final int STUDENTS = 3;
    private static final int MAX_RATE = 100;

    @Override
    public String promise() {
        return "P25";
    }

    @Override
    public String fault() {
        return "dead letters of a course that was unknown, replayed twice";
    }

    @Override
    public TrialOutcome run(Arena arena, Scale scale) {
        int letters = scale.count(LETTERS, 200);
        TrialOutcome.Draft outcome = TrialOutcome.of(letters);
        Instant began = Instant.now();
        long course = arena.system().platform().newCourseId();
        List<Long> students = arena.system().platform().newUserIds(STUDENTS);
        Set<String> ids = publishToUnknownCourse(arena, course, students, letters);
        long storedEarly = arena.system().database().storedEvents(List.copyOf(ids));
        makeKnown(arena, course, students);

        Replayed first = replay(arena, began);
        arena.untilDrained();
        long stored = arena.system().database().entries(students).size();
        int busiest = busiestSecond(arena, ids);
        Replayed second = replay(arena, began);
        arena.untilDrained();
        long more = arena.system().database().entries(students).size() - stored;
        long lettersInTheEnd = lettersOf(arena, ids);
        return outcome.measured(
                        "%d letters in %s, at most %d a second: %d entries; the second time in %s: %d more",
                        letters,
                        TrialOutcome.seconds(first.took()),
                        busiest,
                        stored,
                        TrialOutcome.seconds(second.took()),
                        more)
                .check(storedEarly == 0, "%d were stored before their course was known", storedEarly)
                .check(first.isOf(letters), "the first replay: %s", first.output())
                .check(second.isOf(letters), "the second replay: %s", second.output())
                .check(busiest <= MAX_RATE, "%d replayed within a second", busiest)
                .check(more == 0, "%d entries more by the second replay", more)
                .check(lettersInTheEnd == letters, "%d dead letters of %d", lettersInTheEnd, letters)
                .compared(arena.compare());
    }

    /** Returns when all of them are dead letters. */
    private static Set<String> publishToUnknownCourse(Arena arena, long course, List<Long> students, int letters) {
        List<Draft> drafts = new ArrayList<>();
        for (int i = 0; i < letters; i++) {
            Operation operation = arena.log().begin(Events.newId(), students);
            arena.log().end(operation, End.OK); // published before anything is compared
            drafts.add(Events.request(
                    operation.id(),
                    Json.object(
                            "audience",
                            Map.of("course", course),
                            "notification_type",
                            "announcement",
                            "title",
                            operation.id(),
                            "message",
                            "Before the course was known.")));
        }
        Set<String> ids = arena.log().operations().stream().map(Operation::id).collect(Collectors.toUnmodifiableSet());
        arena.system().events().publishAll(drafts);
        await("all are set aside").atMost(Duration.ofMinutes(2)).until(() -> lettersOf(arena, ids) == letters);
        return ids;
    }

    private static void makeKnown(Arena arena, long course, List<Long> students) {
        List<Draft> records = new ArrayList<>(List.of(Platform.course(course, "Course " + course)));
        students.forEach(student -> records.add(Platform.member(course, student, "student")));
        arena.system().platform().publish(records.toArray(Draft[]::new));
        arena.system().platform().awaitStudents(course, STUDENTS);
    }

    private static long lettersOf(Arena arena, Set<String> ids) {
        return arena.system().events().read(DEAD_LETTERS).stream()
                .filter(letter -> ids.contains(Events.header(letter, "ce_id")))
                .count();
    }

    /** The most replayed records, which say that they are, whose times lie within one second. */
    private static int busiestSecond(Arena arena, Set<String> ids) {
        List<Long> times = arena.system().events().read(Events.REQUESTED).stream()
                .filter(record -> ids.contains(Events.header(record, "ce_id")))
                .filter(record -> !Events.header(record, "belfry-replayed-at").isEmpty())
                .map(ConsumerRecord::timestamp)
                .sorted()
                .toList();
        int busiest = 0;
        int first = 0;
        for (int i = 0; i < times.size(); i++) {
            // Whole milliseconds, each of which may be off by one.
            while (times.get(i) - times.get(first) >= 990) {
                first++;
            }
            busiest = Math.max(busiest, i - first + 1);
        }
        return busiest;
    }

    private record Replayed(int exitCode, String output, Duration took) {

        boolean isOf(int letters) {
            return exitCode == 0 && output.contains("Replayed: " + letters + "\n");
        }
    }

    /** What {@code ./dev dead-letters replay} runs, as an operator of another machine's broker would. */
    private static Replayed replay(Arena arena, Instant since) {
        Events events = arena.system().events();
        long began = System.nanoTime();
        try {
            Path output = Files.createTempFile("replay", ".out");
            try {
                ProcessBuilder replay = new ProcessBuilder(command(since))
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile());
                replay.environment().put("BELFRY_KAFKA_BOOTSTRAP", events.bootstrapServers());
                replay.environment().put("BELFRY_KAFKA_TOPIC_PREFIX", events.topic(""));
                Process process = replay.start();
                arena.keep(process::destroyForcibly);
                if (!process.waitFor(180, TimeUnit.SECONDS)) {
                    return new Replayed(-1, "did not end", Arena.since(began));
                }
                return new Replayed(process.exitValue(), Files.readString(output), Arena.since(began));
            } finally {
                Files.delete(output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> command(Instant since) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                "io.belfry.admin.command.AdminMain",
                "dead-letters",
                "replay",
                "--topic",
                Events.REQUESTED,
                "--reason",
                "unknown_course",
                "--since",
                since.toString(),
                "--max-rate",
                String.valueOf(MAX_RATE));
    }
}
