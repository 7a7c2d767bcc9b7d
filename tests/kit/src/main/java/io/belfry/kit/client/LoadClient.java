package io.belfry.kit.client;

import io.belfry.kit.contract.Json;
import io.belfry.kit.database.Item;
import io.belfry.kit.http.ApiClient;
import io.belfry.kit.socket.Closed;
import io.belfry.kit.socket.Dial;
import io.belfry.kit.socket.SocketClient;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A {@link Replica} with a socket and an api: keeps one inbox whole over sockets that break and answers that come late. Its
 * steps run one after the other on one of a few threads that all clients share, so that thousands fit into a JVM. Tests may
 * ask and act from any other thread.
 */
public final class LoadClient implements InboxClient {

    /**
     * How long it waits, with full jitter, before it dials or asks again.
     *
     * @param first the bound of the first wait; it doubles with every failure
     * @param last the highest bound
     * @param stable a socket that lived so long was a good one: the next waits begin small again
     */
    public record Pace(Duration first, Duration last, Duration stable) {

        /** As the page does it. What is told of many clients together is true for this pace alone. */
        public static final Pace PAGE = new Pace(Duration.ofSeconds(1), Duration.ofSeconds(30), Duration.ofSeconds(30));

        /** For tests of a few clients, which are about the rule and not about when. */
        public static final Pace QUICK = new Pace(Duration.ofMillis(200), Duration.ofSeconds(2), Duration.ZERO);

        private long millis(int failures) {
            long bound = Math.min(last.toMillis(), first.toMillis() << Math.min(failures, 20));
            return ThreadLocalRandom.current().nextLong(bound + 1);
        }
    }

    /** A socket that is open, welcomed or not yet. */
    private static final class Line {

        private final SocketClient socket;
        private final long began = System.nanoTime();
        private long lastFrame = began;
        /** When it was asked whether it lives; 0 = it was heard since. */
        private long pinged;

        private Line(SocketClient socket) {
            this.socket = socket;
        }
    }

    private static final String INBOX = "/api/notifications/";
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(4);
    private static final Duration PONG_TIMEOUT = Duration.ofSeconds(10);

    private static final List<ScheduledExecutorService> THREADS = IntStream.range(0, 4)
            .mapToObj(number -> Executors.newSingleThreadScheduledExecutor(task -> {
                Thread made = new Thread(task, "load-clients-" + number);
                made.setDaemon(true);
                return made;
            }))
            .toList();
    private static final AtomicInteger NEXT = new AtomicInteger();

    private final ScheduledExecutorService thread = THREADS.get(Math.floorMod(NEXT.getAndIncrement(), THREADS.size()));
    private final Replica replica = new Replica(new Edge());
    private final ApiClient api;
    private final List<URI> gateways;
    private final Supplier<String> token;
    private final Pace pace;
    private final Map<Integer, Line> lines = new HashMap<>();
    private final List<String> problems = new ArrayList<>();
    private final AtomicInteger unanswered = new AtomicInteger();

    private int current;
    private int dialFailures;

    /** Until a welcome says it; short, because the first look at a socket is planned before that. */
    private long heartbeatNanos = TimeUnit.SECONDS.toNanos(5);

    private @Nullable Closed staysAway;

    // Asked for from other threads, thousands of clients at a time.
    private volatile boolean closed;
    private volatile int dials;
    private volatile boolean connected;
    private volatile @Nullable Instant welcomedAt;

    /** One that comes back {@linkplain Pace#QUICK quickly}. */
    public LoadClient(URI apiAddress, List<URI> gateways, Supplier<String> token) {
        this(apiAddress, gateways, token, Pace.QUICK);
    }

    /** @param gateways dialled in turns, beginning with the second */
    public LoadClient(URI apiAddress, List<URI> gateways, Supplier<String> token, Pace pace) {
        this.api = new ApiClient(apiAddress, token.get());
        this.gateways = gateways;
        this.token = token;
        this.pace = pace;
    }

    public LoadClient start() {
        execute(this::dial);
        return this;
    }

    // What tests ask.

    @Override
    public List<Item> items() {
        return ask(replica::items);
    }

    @Override
    public long badge() {
        return ask(replica::badge);
    }

    @Override
    public String condition() {
        return ask(() ->
                (connected ? "live" : "not live") + ", applied " + replica.applied() + ", heard of " + replica.shown());
    }

    @Override
    public List<String> violations() {
        return ask(() -> {
            List<String> all = new ArrayList<>(replica.violations());
            all.addAll(problems);
            return all;
        });
    }

    @Override
    public int dials() {
        return dials;
    }

    @Override
    public boolean isConnected() {
        return connected;
    }

    /** Whether it has its list. */
    public boolean isLoaded() {
        return ask(replica::isLoaded);
    }

    /** When its last socket was welcomed, by the gateway's clock; null = never. */
    public @Nullable Instant welcomedAt() {
        return welcomedAt;
    }

    /** How often it loaded the list: 1 = when it began. */
    public int listsLoaded() {
        return ask(replica::listsLoaded);
    }

    /** The close that told it to stay away; null = it comes back. */
    public @Nullable Closed staysAway() {
        return ask(() -> staysAway);
    }

    // What a person does. Each change is tried once.

    @Override
    public int unsent() {
        return unanswered.get();
    }

    @Override
    public void markRead(long id) {
        change("PATCH", INBOX + id + "/mark_read/", null);
    }

    @Override
    public void markUnread(long id) {
        change("PATCH", INBOX + id + "/mark_unread/", null);
    }

    @Override
    public void markAllRead() {
        items().stream()
                .findFirst()
                .ifPresent(newest -> change("POST", INBOX + "mark_all_read/", Json.object("up_to", newest.id())));
    }

    @Override
    public void remove(long id) {
        change("DELETE", INBOX + id + "/", null);
    }

    private void change(String method, String path, @Nullable JsonNode body) {
        unanswered.incrementAndGet();
        var unused = api.sendLater(method, path, body)
                .whenComplete((reply, failure) -> unanswered.decrementAndGet())
                .thenAccept(reply -> execute(() -> {
                    if (reply.status() == 200) {
                        replica.answered(reply.body());
                    }
                }));
    }

    @Override
    public void close() {
        ask(() -> {
            staysAway = new Closed(1000, "closed by the test");
            lines.values().forEach(this::close);
            return true;
        });
        closed = true;
    }

    // The socket: comes back or stays away as the close code says, moves when it is asked to.

    private void dial() {
        if (staysAway != null) {
            return;
        }
        int number = dials + 1;
        dials = number;
        var unused = Dial.to(gateways.get(number % gateways.size()))
                .bearer(token.get())
                .onFrame(frame -> execute(() -> onFrame(number, frame)))
                .onClosed(ended -> execute(() -> onClosed(number, ended)))
                .openLater()
                .whenComplete((socket, failure) -> execute(() -> onDialled(number, socket, failure)));
    }

    private void onDialled(int number, @Nullable SocketClient socket, @Nullable Throwable failure) {
        if (socket == null || failure != null) {
            replica.plan(); // the list does not have to wait for a gateway
            later(this::dial, pace.millis(dialFailures++));
        } else if (socket.isOpen()) {
            lines.put(number, new Line(socket));
            leaveOldSockets();
            watch(number);
        }
    }

    private void onFrame(int number, JsonNode frame) {
        Line line = lines.get(number);
        if (line != null) {
            line.lastFrame = System.nanoTime();
            line.pinged = 0;
        }
        switch (frame.path("type").asString()) {
            case "welcome" -> onWelcome(number, frame);
            case "reconnect" -> later(this::dial, frame.path("after_ms").asLong());
            default -> replica.frame(frame);
        }
    }

    private void onWelcome(int number, JsonNode welcome) {
        heartbeatNanos =
                TimeUnit.SECONDS.toNanos(welcome.path("heartbeat_seconds").asLong());
        welcomedAt = Instant.parse(welcome.path("time").asString());
        current = Math.max(current, number);
        if (pace.stable().isZero()) {
            dialFailures = 0;
        }
        leaveOldSockets();
        replica.welcomed(welcome);
    }

    private void onClosed(int number, Closed how) {
        Line ended = lines.remove(number);
        if (ended != null) {
            close(ended);
            if (System.nanoTime() - ended.began >= pace.stable().toNanos()) {
                dialFailures = 0;
            }
        }
        if (number < current) {
            return;
        }
        connected = lines.containsKey(current);
        if (how.mayComeBack()) {
            later(this::dial, pace.millis(dialFailures++));
        } else {
            staysAway = how;
        }
    }

    /** A network that swallows everything ends no connection; only silence tells. */
    private void watch(int number) {
        Line line = lines.get(number);
        if (line == null || staysAway != null) {
            return;
        }
        long now = System.nanoTime();
        long left =
                line.pinged == 0 ? line.lastFrame + heartbeatNanos - now : line.pinged + PONG_TIMEOUT.toNanos() - now;
        if (left > 0) {
            later(() -> watch(number), TimeUnit.NANOSECONDS.toMillis(left) + 1);
        } else if (line.pinged == 0) {
            line.pinged = now;
            line.socket.sendLater(Json.object("type", "ping"));
            later(() -> watch(number), PONG_TIMEOUT.toMillis());
        } else {
            line.socket.abort();
            onClosed(number, new Closed(1006, "no pong"));
            current = Math.max(current, number + 1);
            connected = lines.containsKey(current);
        }
    }

    private void leaveOldSockets() {
        lines.entrySet().removeIf(entry -> {
            if (entry.getKey() >= current) {
                return false;
            }
            close(entry.getValue());
            return true;
        });
        connected = lines.containsKey(current);
    }

    private void close(Line line) {
        try {
            line.socket.close();
        } catch (AssertionError misfit) {
            problems.add(String.valueOf(misfit.getMessage()));
        }
    }

    /** HTTP and the clock, for {@link Replica}. */
    private final class Edge implements Replica.Edge {

        @Override
        public void get(String path, Consumer<@Nullable JsonNode> answered) {
            var unused = api.sendLater("GET", path, null)
                    .orTimeout(ANSWER_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                    .whenComplete((reply, failure) -> execute(
                            () -> answered.accept(failure == null && reply.status() == 200 ? reply.body() : null)));
        }

        @Override
        public void later(Runnable step, long millis) {
            LoadClient.this.later(step, millis);
        }

        @Override
        public long draw(long bound) {
            return ThreadLocalRandom.current().nextLong(bound + 1);
        }

        @Override
        public long pauseAfter(int failures) {
            return pace.millis(failures);
        }
    }

    // Its thread.

    private void execute(Runnable step) {
        thread.execute(guarded(step));
    }

    private void later(Runnable step, long millis) {
        var unused = thread.schedule(guarded(step), millis, TimeUnit.MILLISECONDS);
    }

    /** Waits for the answer; not to be called by a step. */
    private <T extends @Nullable Object> T ask(Supplier<T> question) {
        return CompletableFuture.supplyAsync(question, thread).join();
    }

    /** A step that throws is a mistake of this client or of the system; either way the test must hear of it. */
    private Runnable guarded(Runnable step) {
        return () -> {
            if (closed) {
                return;
            }
            try {
                step.run();
            } catch (RuntimeException e) {
                problems.add(e.toString());
            }
        };
    }
}
