package io.belfry.bench.system;

import io.belfry.bench.load.Http;
import io.belfry.bench.measure.CpuClock;
import io.belfry.kit.contract.Json;
import io.belfry.kit.database.Database;
import io.belfry.kit.kafka.Events;
import io.belfry.kit.kafka.Events.Draft;
import io.belfry.kit.tokens.Tokens;
import io.belfry.localstack.Infrastructure;
import io.belfry.localstack.system.Checkout;
import io.belfry.localstack.system.Service;
import io.belfry.localstack.system.Stack;
import io.belfry.localstack.system.StackBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A whole system with the options of the images, on servers of its own that keep what they confirm. */
public final class Belfry implements AutoCloseable {

    /** Users of every system: students from here on, as many as a scenario takes. */
    public static final long FIRST_STUDENT = 1_000_000;

    private final Stack stack;
    private final Tokens tokens;
    private final Database database;
    private final Path folder;
    private @Nullable Events events;
    private int sends;

    private Belfry(Stack stack, Path folder) {
        this.stack = stack;
        this.folder = folder;
        stack.start();
        tokens = new Tokens(stack.jwtSecret());
        database = new Database(
                stack.jdbcUrl(),
                stack.infrastructure().postgres().user(),
                stack.infrastructure().postgres().password());
    }

    /** @param more settings on top, such as another number of gateways */
    static Belfry start(Path folder, UnaryOperator<StackBuilder> more) {
        StackBuilder stack = Stack.in(folder)
                .owning(Infrastructure.measured(folder))
                .with("BELFRY_DEMO", "false")
                .with("BELFRY_PUBLIC_WS_URL", "ws://127.0.0.1/ws/notifications/")
                .with("BELFRY_API_ADDRESS", "127.0.0.1")
                .with("BELFRY_GATEWAY_MAX_ACCEPTS_PER_SECOND", "0");
        return new Belfry(more.apply(stack).build(), folder);
    }

    /** What a checkout's images give each service's JVM, in a container of 1 GiB, and more. */
    static String[] imageOptions(Checkout checkout, String... more) {
        List<String> options = new ArrayList<>(List.of("-XX:MaxRAM=1g", "-XX:+ExitOnOutOfMemoryError"));
        try {
            Files.readAllLines(checkout.root().resolve("ops/docker/jvm.options")).stream()
                    .filter(line -> line.startsWith("-"))
                    .forEach(options::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        options.addAll(List.of(more));
        return options.toArray(String[]::new);
    }

    public Stack stack() {
        return stack;
    }

    public Database database() {
        return database;
    }

    public School school() {
        return new School(database);
    }

    public Service api() {
        return stack.service("api");
    }

    public Service gateway() {
        return stack.service("gateway");
    }

    public Service persister() {
        return stack.service("persister");
    }

    /** All its processes. */
    public CpuClock clock() {
        CpuClock clock = new CpuClock();
        stack.services().forEach(service -> clock.with(service.name(), () -> service.isRunning() ? service.pid() : 0));
        List.of("postgres", "kafka", "redis").forEach(name -> clock.with(name, () -> pid(name)));
        return clock;
    }

    /** @param name of a server of its own */
    public long pid(String name) {
        // Redis says where it listens in the place of its command.
        String own = name.equals("redis")
                ? "127.0.0.1:" + stack.infrastructure().redis().port()
                : folder.toAbsolutePath() + "/";
        String program = Map.of("kafka", "kafka.Kafka", "postgres", "/postgres", "redis", "redis-server")
                .get(name);
        return ProcessHandle.current()
                .children()
                .filter(child -> {
                    String command = commandLine(child.pid());
                    return command.contains(String.valueOf(program)) && command.contains(own);
                })
                .mapToLong(ProcessHandle::pid)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(name + " does not run"));
    }

    private static String commandLine(long pid) {
        try {
            return Files.readString(Path.of("/proc/" + pid + "/cmdline")).replace('\0', ' ');
        } catch (IOException gone) {
            return "";
        }
    }

    /** Binds a process with all its threads to a core. */
    public static void pin(long pid, int core) {
        try {
            int status = new ProcessBuilder("taskset", "-acp", String.valueOf(core), String.valueOf(pid))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .onExit()
                    .join()
                    .exitValue();
            if (status != 0) {
                throw new IllegalStateException("taskset failed with " + status);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file with the tokens of students, a line each. */
    public String tokenFile(long firstStudent, int count) {
        try {
            Path file = folder.resolve("tokens-" + firstStudent + "-" + count);
            Files.write(
                    file,
                    LongStream.range(firstStudent, firstStudent + count)
                            .mapToObj(tokens::user)
                            .toList());
            return file.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What {@code wsload} has to know of a gateway. */
    public String[] socketArguments(long firstStudent, int count) {
        return new String[] {
            "-P",
            "/ws/notifications/",
            "-H",
            "Authorization: Bearer {t}",
            "-T",
            tokenFile(firstStudent, count),
            "-m",
            "200"
        };
    }

    public String token(long user) {
        return tokens.user(user);
    }

    /** A send to a course, each time by the next of its instructors; some 350 bytes as a frame. */
    public byte[] send(long course) {
        long sender = School.FIRST_INSTRUCTOR + sends++ % School.INSTRUCTORS;
        return Http.post(
                "/api/courses/" + course + "/notify-students/",
                tokens.user(sender),
                Json.object("title", "The room has changed", "message", "We meet in room 12. " + Http.STAMP));
    }

    /** One send to a course by each of its instructors. */
    public List<byte[]> sends(long course) {
        return Stream.generate(() -> send(course)).limit(School.INSTRUCTORS).toList();
    }

    /**
     * A request of a service's to a course, straight to Kafka.
     *
     * @return milliseconds until all its recipients are stored
     */
    public double storeByEvent(long course, Duration atMost) {
        String id = Events.newId();
        Draft event = Events.request(
                        id,
                        Json.object(
                                "notification_type",
                                "course_update",
                                "title",
                                "The room has changed",
                                "message",
                                "We meet in room 12.",
                                "audience",
                                Json.object("course", course)))
                .key("course:" + course);
        try (SqlCondition stored = new SqlCondition(database, """
                SELECT count(*) = 1 FROM notification
                 WHERE event_source = ? AND event_id = ? AND stored_at IS NOT NULL
                """, Events.SOURCE, id)) {
            long begin = System.nanoTime();
            events().publish(event);
            stored.awaitTrue(atMost);
            return (System.nanoTime() - begin) / 1e6;
        }
    }

    /** @return milliseconds from the newest notification of a course to the last of its recipients, once all are stored */
    public double awaitStored(long course, Duration atMost) {
        String newest = " FROM notification WHERE id = (SELECT max(id) FROM notification WHERE course_id = ?)";
        try (SqlCondition stored = new SqlCondition(database, "SELECT count(stored_at) = 1" + newest, course)) {
            stored.awaitTrue(atMost);
        }
        return database.count("SELECT (1e6 * extract(epoch FROM stored_at - created_at))::bigint" + newest, course)
                / 1e3;
    }

    private Events events() {
        if (events == null) {
            events = new Events(stack.infrastructure().kafka().bootstrapServers(), stack.topicPrefix());
        }
        return events;
    }

    @Override
    public void close() {
        stack.close();
    }
}
