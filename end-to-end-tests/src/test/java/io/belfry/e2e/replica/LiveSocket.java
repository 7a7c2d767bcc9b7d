package io.belfry.e2e.replica;

import io.belfry.e2e.client.Closed;
import io.belfry.e2e.client.Dial;
import io.belfry.e2e.client.Json;
import io.belfry.e2e.client.SocketClient;
import java.net.URI;
import java.time.Duration;
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
final class LiveSocket {

    /** What it hears. On the loop. */
    interface Listener {

        void onWelcome(JsonNode welcome);

        void onFrame(JsonNode frame);

        void onNoSocket();
    }

    private static final Duration PONG_TIMEOUT = Duration.ofSeconds(10);
    private static final int WATCH_MILLIS = 250;

    private final EventLoop loop;
    private final List<URI> gateways;
    private final Supplier<String> token;
    private final Listener listener;
    private final BackOff redial = new BackOff(Duration.ofMillis(200), Duration.ofSeconds(2));
    private final Map<Integer, SocketClient> sockets = new HashMap<>();

    private int dials;
    private int current;
    private long heartbeatNanos = TimeUnit.SECONDS.toNanos(25);
    private long lastFrame = System.nanoTime();
    private long pinged;
    private @Nullable Closed staysAway;

    LiveSocket(EventLoop loop, List<URI> gateways, Supplier<String> token, Listener listener) {
        this.loop = loop;
        this.gateways = gateways;
        this.token = token;
        this.listener = listener;
    }

    void open() {
        loop.every(this::watch, WATCH_MILLIS);
        dial();
    }

    /** How many sockets it asked for; 1 = the first one held. */
    int dials() {
        return dials;
    }

    boolean isConnected() {
        return sockets.containsKey(current);
    }

    @Nullable
    Closed staysAway() {
        return staysAway;
    }

    void close() {
        staysAway = new Closed(1000, "closed by the test");
        sockets.values().forEach(this::close);
    }

    private void dial() {
        if (staysAway != null) {
            return;
        }
        int number = ++dials;
        Dial.to(gateways.get(number % gateways.size()))
                .bearer(token.get())
                .onFrame(frame -> loop.execute(() -> onFrame(number, frame)))
                .onClosed(closed -> loop.execute(() -> onClosed(number, closed)))
                .openLater()
                .whenComplete((socket, failure) -> loop.execute(() -> {
                    if (failure == null) {
                        sockets.put(number, socket);
                        leaveOldSockets();
                    } else {
                        listener.onNoSocket();
                        loop.later(this::dial, redial.nextMillis());
                    }
                }));
    }

    private void onFrame(int number, JsonNode frame) {
        lastFrame = System.nanoTime();
        pinged = 0;
        switch (frame.path("type").asString()) {
            case "welcome" -> {
                redial.reset();
                heartbeatNanos =
                        TimeUnit.SECONDS.toNanos(frame.path("heartbeat_seconds").asLong());
                current = Math.max(current, number);
                leaveOldSockets();
                listener.onWelcome(frame);
            }
            case "reconnect" -> loop.later(this::dial, frame.path("after_ms").asLong());
            default -> listener.onFrame(frame);
        }
    }

    private void onClosed(int number, Closed closed) {
        SocketClient ended = sockets.remove(number);
        if (ended != null) {
            close(ended);
        }
        if (number < current) {
            return;
        }
        if (closed.mayComeBack()) {
            loop.later(this::dial, redial.nextMillis());
        } else {
            staysAway = closed;
        }
    }

    /** A network that swallows everything ends no connection; only silence tells. */
    private void watch() {
        SocketClient socket = sockets.get(current);
        long now = System.nanoTime();
        if (socket == null || now - lastFrame < heartbeatNanos) {
            return;
        }
        if (pinged == 0) {
            pinged = now;
            socket.sendLater(Json.object("type", "ping"));
        } else if (now - pinged > PONG_TIMEOUT.toNanos()) {
            pinged = 0;
            lastFrame = now;
            socket.abort();
            onClosed(current, new Closed(1006, "no pong"));
            current++;
        }
    }

    private void leaveOldSockets() {
        sockets.entrySet().removeIf(entry -> {
            if (entry.getKey() >= current) {
                return false;
            }
            close(entry.getValue());
            return true;
        });
    }

    private void close(SocketClient socket) {
        try {
            socket.close();
        } catch (AssertionError misfit) {
            loop.note(String.valueOf(misfit.getMessage()));
        }
    }
}
