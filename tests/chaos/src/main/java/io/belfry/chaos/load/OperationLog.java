package io.belfry.chaos.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Every send by an id of its own, which is also its title, and what is known of it: a send that was not answered, or
 * answered 503, may or may not have happened. Safe for use by many threads.
 */
public final class OperationLog {

    public enum End {
        OK,
        FAILED,
        UNKNOWN
    }

    /**
     * One send to these users.
     *
     * @param began by {@link System#nanoTime}
     */
    public record Operation(String id, List<Long> users, long began) {}

    private record Ended(End how, long at) {}

    private final long start = System.nanoTime();

    private final Map<String, Operation> operations = new ConcurrentHashMap<>();
    private final Map<String, Ended> ends = new ConcurrentHashMap<>();
    private final Map<String, String> wrong = new ConcurrentHashMap<>();
    private final Map<Long, Integer> changes = new ConcurrentHashMap<>();

    public Operation begin(String id, List<Long> users) {
        Operation begun = new Operation(id, List.copyOf(users), System.nanoTime());
        operations.put(id, begun);
        return begun;
    }

    public void end(Operation operation, End how) {
        ends.put(operation.id(), new Ended(how, System.nanoTime()));
    }

    /** It was answered in a way that nothing allows. */
    public void wrong(Operation operation, String answer) {
        wrong.put(operation.id(), answer);
        end(operation, End.FAILED);
    }

    /** This user is about to read, unread or delete something; the inbox then takes one number, or none. */
    public void change(long user) {
        changes.merge(user, 1, Integer::sum);
    }

    public int changes(long user) {
        return changes.getOrDefault(user, 0);
    }

    public int changes() {
        return changes.values().stream().mapToInt(Integer::intValue).sum();
    }

    public Collection<Operation> operations() {
        return operations.values();
    }

    /** What has not ended counts as unknown. */
    public End end(Operation operation) {
        Ended ended = ends.get(operation.id());
        return ended == null ? End.UNKNOWN : ended.how();
    }

    public List<Operation> ended(End how) {
        List<Operation> found = new ArrayList<>();
        for (Operation operation : operations.values()) {
            if (end(operation) == how) {
                found.add(operation);
            }
        }
        return found;
    }

    /** What was begun in this time, by {@link System#nanoTime}. */
    public List<Operation> begun(long from, long to) {
        return operations.values().stream()
                .filter(operation -> operation.began() - from >= 0 && operation.began() - to < 0)
                .toList();
    }

    /** The time within which this share of them was answered; those that have no answer yet wait until now. */
    public Duration answeredWithin(double share, List<Operation> some) {
        List<Duration> times = some.stream()
                .map(operation -> {
                    Ended ended = ends.get(operation.id());
                    return Duration.ofNanos((ended == null ? System.nanoTime() : ended.at()) - operation.began());
                })
                .sorted()
                .toList();
        return times.isEmpty() ? Duration.ZERO : times.get((int) Math.ceil(share * times.size()) - 1);
    }

    /** When the first send that was begun after this moment was answered well, by {@link System#nanoTime}; 0 = not yet. */
    public long firstOk(long after) {
        return operations.values().stream()
                .filter(operation -> operation.began() - after >= 0 && end(operation) == End.OK)
                .map(operation -> ends.get(operation.id()))
                .filter(Objects::nonNull)
                .mapToLong(Ended::at)
                .min()
                .orElse(0);
    }

    public int count(End how) {
        return ended(how).size();
    }

    public Map<String, String> wrongAnswers() {
        return wrong;
    }

    public List<Long> users() {
        TreeSet<Long> users = new TreeSet<>();
        operations.values().forEach(operation -> users.addAll(operation.users()));
        return List.copyOf(users);
    }

    /**
     * Leaves a line an operation, in the order in which they began: its id, how it ended, when it began and ended in
     * milliseconds of the trial (nothing = never), its users, and an answer that nothing allows.
     *
     * @throws UncheckedIOException if the file can not be written
     */
    public void writeTo(Path file) {
        List<String> lines = operations.values().stream()
                .sorted(Comparator.comparingLong(Operation::began))
                .map(this::line)
                .toList();
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.write(file, lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String line(Operation operation) {
        Ended ended = ends.get(operation.id());
        return String.join(
                "\t",
                operation.id(),
                end(operation).name().toLowerCase(Locale.ROOT),
                millis(operation.began()),
                ended == null ? "" : millis(ended.at()),
                operation.users().toString(),
                wrong.getOrDefault(operation.id(), ""));
    }

    private String millis(long nanoTime) {
        return String.valueOf(TimeUnit.NANOSECONDS.toMillis(nanoTime - start));
    }
}
