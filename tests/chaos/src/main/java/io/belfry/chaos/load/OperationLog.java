package io.belfry.chaos.load;

import io.belfry.kit.http.ApiClient;
import io.belfry.kit.http.Reply;
import io.belfry.kit.kafka.Events;
import io.belfry.kit.kafka.Events.Draft;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

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

    /** One send to these users. Times are by {@link System#nanoTime}. */
    public static final class Operation {

        private final String id;
        private final List<Long> users;
        private final long began = System.nanoTime();
        private volatile @Nullable End how;
        private volatile long ended;
        private volatile String wrong = "";

        private Operation(String id, List<Long> users) {
            this.id = id;
            this.users = List.copyOf(users);
        }

        public String id() {
            return id;
        }

        public List<Long> users() {
            return users;
        }

        public long began() {
            return began;
        }

        /** What has not ended counts as unknown. */
        public End how() {
            return Objects.requireNonNullElse(how, End.UNKNOWN);
        }

        public End end(End known) {
            ended = System.nanoTime();
            how = known;
            return known;
        }

        /** The event of this id. */
        public Draft event() {
            return Events.request(id, Events.message(users, id));
        }

        public CompletableFuture<End> byEvent(Events events, Draft event) {
            return events.publishLater(event).handle((done, failure) -> end(failure == null ? End.OK : End.UNKNOWN));
        }

        public CompletableFuture<End> byApi(ApiClient service) {
            JsonNode body = Events.message(users, id);
            return service.sendLater("POST", "/api/notifications/", body, "Idempotency-Key", id)
                    .handle((reply, failure) -> answered(reply));
        }

        /** What a call of it was answered by the api; null = nothing. */
        public End answered(@Nullable Reply reply) {
            if (reply == null || asksToComeAgain(reply)) {
                return end(End.UNKNOWN);
            }
            return reply.status() == 202 ? end(End.OK) : wrong(reply.status() + " " + reply.text());
        }

        private static boolean asksToComeAgain(Reply reply) {
            return reply.header("Retry-After").isPresent() && (reply.status() == 503 || reply.status() == 409);
        }

        /** It was answered in a way that nothing allows. */
        public End wrong(String answer) {
            wrong = answer;
            return end(End.FAILED);
        }

        /** How long it took; one that has no answer yet waits until now. */
        private Duration took() {
            return Duration.ofNanos((how == null ? System.nanoTime() : ended) - began);
        }
    }

    private final long start = System.nanoTime();
    private final Map<String, Operation> operations = new ConcurrentHashMap<>();
    private final Map<Long, Integer> changes = new ConcurrentHashMap<>();

    public Operation begin(String id, List<Long> users) {
        Operation begun = new Operation(id, users);
        operations.put(id, begun);
        return begun;
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

    public List<Operation> ended(End how) {
        return some(operation -> operation.how() == how);
    }

    public int count(End how) {
        return ended(how).size();
    }

    /** What was begun in this time, by {@link System#nanoTime}. */
    public List<Operation> begun(long from, long to) {
        return some(operation -> operation.began - from >= 0 && operation.began - to < 0);
    }

    private List<Operation> some(Predicate<Operation> which) {
        return operations.values().stream().filter(which).toList();
    }

    /** The time within which this share of them was answered. */
    public static Duration answeredWithin(double share, List<Operation> some) {
        List<Duration> times = some.stream().map(Operation::took).sorted().toList();
        return times.isEmpty() ? Duration.ZERO : times.get((int) Math.ceil(share * times.size()) - 1);
    }

    /** When the first send that was begun after this moment was answered well, by {@link System#nanoTime}; 0 = not yet. */
    public long firstOk(long after) {
        return ended(End.OK).stream()
                .filter(operation -> operation.began - after >= 0)
                .mapToLong(operation -> operation.ended)
                .min()
                .orElse(0);
    }

    /** By the send's id. */
    public Map<String, String> wrongAnswers() {
        return some(operation -> !operation.wrong.isEmpty()).stream()
                .collect(Collectors.toMap(Operation::id, operation -> operation.wrong));
    }

    public List<Long> users() {
        return operations.values().stream()
                .flatMap(operation -> operation.users.stream())
                .distinct()
                .sorted()
                .toList();
    }

    /**
     * Leaves a line an operation, in the order in which they began: its id, how it ended, when it began and ended in
     * milliseconds of the trial (nothing = never), its users, and an answer that nothing allows.
     *
     * @throws UncheckedIOException if the file can not be written
     */
    public void writeTo(Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.write(
                    file,
                    operations.values().stream()
                            .sorted(Comparator.comparingLong(Operation::began))
                            .map(this::line)
                            .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String line(Operation operation) {
        return String.join(
                "\t",
                operation.id,
                operation.how().name().toLowerCase(Locale.ROOT),
                millis(operation.began),
                operation.how == null ? "" : millis(operation.ended),
                operation.users.toString(),
                operation.wrong);
    }

    private String millis(long nanoTime) {
        return String.valueOf(TimeUnit.NANOSECONDS.toMillis(nanoTime - start));
    }
}
