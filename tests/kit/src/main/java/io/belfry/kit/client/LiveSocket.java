package io.belfry.kit.client;

import io.belfry.kit.contract.Json;
import io.belfry.kit.socket.Closed;
import io.belfry.kit.socket.Dial;
import io.belfry.kit.socket.OpenSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Keeps a socket open by the contract's rules: comes back or stays away as the close code says, moves when it is asked to,
 * and gives up a socket that does not answer. All on the loop.
 */
public final class LiveSocket {

    /** What it hears. On the loop. */
    public interface Listener {

        void onWelcome(JsonNode welcome);

        void onFrame(JsonNode frame);

        void onNoSocket();
    }

    private static final Duration PONG_TIMEOUT = Duration.ofSeconds(10);

    /** A socket that is open, welcomed or not yet. */
    private static final class Line {

        final OpenSocket socket;
        final long began = System.nanoTime();
        long lastFrame = began;
        /** When it was asked whether it lives; 0 = it was heard since. */
        long pinged;

        Line(OpenSocket socket) {
            this.socket = socket;
        }

        void heard() {
            lastFrame = System.nanoTime();
            pinged = 0;
        }
    }

    private final EventLoop loop;
    private final List<URI> gateways;
    private final Supplier<String> token;
    private final ReconnectPace pace;
    private final Listener listener;
    private final BackOff redial;
    private final Map<Integer, Line> lines = new HashMap<>();

    private int current;

    /** Until a welcome says it; short, because the first look at a socket is planned before that. */
    private long heartbeatNanos = TimeUnit.SECONDS.toNanos(5);

    private @Nullable Closed staysAway;

    // Asked for from other threads, thousands of clients at a time.
    private volatile int dials;
    private volatile boolean connected;
    private volatile @Nullable Instant welcomedAt;

    public LiveSocket(
            EventLoop loop, List<URI> gateways, Supplier<String> token, ReconnectPace pace, Listener listener) {
        this.loop = loop;
        this.gateways = gateways;
        this.token = token;
        this.pace = pace;
        this.listener = listener;
        this.redial = pace.backOff();
    }

    public void open() {
        dial();
    }

    /** How many sockets it asked for; 1 = the first one held. From any thread. */
    public int dials() {
        return dials;
    }

    /** From any thread. */
    public boolean isConnected() {
        return connected;
    }

    /** When the last socket was welcomed, by the gateway's clock; null = never. From any thread. */
    @Nullable
    public Instant welcomedAt() {
        return welcomedAt;
    }

    @Nullable
    public Closed staysAway() {
        return staysAway;
    }

    public void close() {
        staysAway = new Closed(1000, "closed by the test");
        lines.values().forEach(this::close);
    }

    private void dial() {
        if (staysAway != null) {
            return;
        }
        int number = dials + 1;
        dials = number;
        var unused = Dial.to(gateways.get(number % gateways.size()))
                .bearer(token.get())
                .onFrame(frame -> loop.execute(() -> onFrame(number, frame)))
                .onClosed(closed -> loop.execute(() -> onClosed(number, closed)))
                .openLater()
                .whenComplete((socket, failure) -> loop.execute(() -> onDialled(number, socket, failure)));
    }

    private void onDialled(int number, @Nullable OpenSocket socket, @Nullable Throwable failure) {
        if (socket == null || failure != null) {
            listener.onNoSocket();
            loop.later(this::dial, redial.nextMillis());
        } else if (socket.isOpen()) {
            lines.put(number, new Line(socket));
            leaveOldSockets();
            watch(number);
        }
    }

    private void onFrame(int number, JsonNode frame) {
        Line line = lines.get(number);
        if (line != null) {
            line.heard();
        }
        switch (frame.path("type").asString()) {
            case "welcome" -> onWelcome(number, frame);
            case "reconnect" -> loop.later(this::dial, frame.path("after_ms").asLong());
            default -> listener.onFrame(frame);
        }
    }

    private void onWelcome(int number, JsonNode welcome) {
        heartbeatNanos =
                TimeUnit.SECONDS.toNanos(welcome.path("heartbeat_seconds").asLong());
        welcomedAt = Instant.parse(welcome.path("time").asString());
        current = Math.max(current, number);
        if (pace.stable().isZero()) {
            redial.reset();
        }
        leaveOldSockets();
        listener.onWelcome(welcome);
    }

    private void onClosed(int number, Closed closed) {
        Line ended = lines.remove(number);
        if (ended != null) {
            close(ended);
            if (System.nanoTime() - ended.began >= pace.stable().toNanos()) {
                redial.reset();
            }
        }
        if (number < current) {
            return;
        }
        connected = lines.containsKey(current);
        if (closed.mayComeBack()) {
            loop.later(this::dial, redial.nextMillis());
        } else {
            staysAway = closed;
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
            loop.later(() -> watch(number), TimeUnit.NANOSECONDS.toMillis(left) + 1);
        } else if (line.pinged == 0) {
            line.pinged = now;
            line.socket.sendLater(Json.object("type", "ping"));
            loop.later(() -> watch(number), PONG_TIMEOUT.toMillis());
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
            loop.note(String.valueOf(misfit.getMessage()));
        }
    }
}
