package io.belfry.chaos.trials.servers;

import io.belfry.chaos.harness.AdminRun;
import io.belfry.chaos.harness.Arena;
import io.belfry.chaos.harness.Attempt;
import io.belfry.chaos.harness.Outcome;
import io.belfry.chaos.load.Busiest;
import io.belfry.chaos.load.OperationLog.End;
import io.belfry.chaos.load.OperationLog.Operation;
import io.belfry.kit.kafka.Events;
import io.belfry.kit.kafka.Events.Draft;
import io.belfry.kit.system.Platform;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What was poison for a cause outside of it is put back when the cause is gone, and then once more. */
public final class DeadLettersReplayed implements Attempt {

    private static final int LETTERS = 1_000;
    private static final int STUDENTS = 3;
    private static final int MAX_RATE = 100;

    @Override
    public void run(Arena arena) {
        int letters = arena.count(LETTERS, 200);
        arena.outcome().times(letters);
        Instant began = Instant.now();
        long course = arena.system().platform().newCourseId();
        List<Long> students = arena.system().platform().newUserIds(STUDENTS);
        Set<String> ids = publishToUnknownCourse(arena, course, students, letters);
        long storedEarly = arena.system().database().storedEvents(List.copyOf(ids));
        makeKnown(arena, course, students);

        AdminRun first = replay(arena, began);
        arena.untilDrained();
        long stored = arena.system().database().entries(students).size();
        int busiest = busiestSecond(arena, ids);
        AdminRun second = replay(arena, began);
        arena.untilDrained();
        long more = arena.system().database().entries(students).size() - stored;
        long lettersInTheEnd = lettersOf(arena, ids);
        arena.outcome()
                .measured(
                        "%d letters in %s, at most %d a second: %d entries; the second time in %s: %d more",
                        letters, Outcome.seconds(first.took()), busiest, stored, Outcome.seconds(second.took()), more)
                .check(storedEarly == 0, "%d were stored before their course was known", storedEarly)
                .check(isOf(letters, first), "the first replay: %s", first.output())
                .check(isOf(letters, second), "the second replay: %s", second.output())
                .check(busiest <= MAX_RATE, "%d replayed within a second", busiest)
                .check(more == 0, "%d entries more by the second replay", more)
                .check(lettersInTheEnd == letters, "%d dead letters of %d", lettersInTheEnd, letters);
    }

    /** Returns when all of them are dead letters. */
    private static Set<String> publishToUnknownCourse(Arena arena, long course, List<Long> students, int letters) {
        List<Draft> drafts = new ArrayList<>();
        for (int i = 0; i < letters; i++) {
            Operation operation = arena.log().begin(Events.newId(), students);
            operation.end(End.OK); // published before anything is compared
            drafts.add(Events.request(operation.id(), Events.message(Map.of("course", course), operation.id())));
        }
        Set<String> ids = arena.log().operations().stream().map(Operation::id).collect(Collectors.toUnmodifiableSet());
        arena.system().events().publishAll(drafts);
        Arena.until("all are set aside", Duration.ofMinutes(2), () -> lettersOf(arena, ids) == letters);
        return ids;
    }

    private static void makeKnown(Arena arena, long course, List<Long> students) {
        List<Draft> records = new ArrayList<>(List.of(Platform.course(course, "Course " + course)));
        students.forEach(student -> records.add(Platform.member(course, student, "student")));
        arena.system().platform().publish(records.toArray(Draft[]::new));
        arena.system().platform().awaitStudents(course, STUDENTS);
    }

    private static long lettersOf(Arena arena, Set<String> ids) {
        return arena.system().events().read(Events.DEAD_LETTERS).stream()
                .filter(letter -> ids.contains(Events.header(letter, "ce_id")))
                .count();
    }

    /** The most replayed records, which say that they are, whose times lie within one second. */
    private static int busiestSecond(Arena arena, Set<String> ids) {
        return Busiest.within(
                // Whole milliseconds, each of which may be off by one.
                Duration.ofMillis(990),
                arena.system().events().read(Events.REQUESTED).stream()
                        .filter(record -> ids.contains(Events.header(record, "ce_id")))
                        .filter(record ->
                                !Events.header(record, "belfry-replayed-at").isEmpty())
                        .map(record -> Duration.ofMillis(record.timestamp()).toNanos())
                        .toList());
    }

    /** As an operator gives the command, who is not near the broker. */
    private static AdminRun replay(Arena arena, Instant since) {
        String command = "dead-letters replay --topic %s --reason unknown_course --since %s --max-rate %d"
                .formatted(Events.REQUESTED, since, MAX_RATE);
        return AdminRun.run(arena.system().stack(), command.split(" ", -1));
    }

    private static boolean isOf(int letters, AdminRun replay) {
        return replay.exitCode() == 0 && replay.output().contains("Replayed: " + letters + "\n");
    }
}
