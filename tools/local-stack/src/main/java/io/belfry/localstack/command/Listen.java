package io.belfry.localstack.command;

import io.belfry.localstack.process.ProcessFailedException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A person's socket: every frame is a line, what happens to the socket a remark beside. Comes back by the rules of the
 * close codes until it is told to stay away. All but the waiting happens on one thread.
 */
final class Listen {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration PONG_WITHIN = Duration.ofSeconds(10);
    private static final long LONGEST_BACK_OFF_MILLIS = 30_000;

    private static final Set<Integer> STAY_AWAY = Set.of(1002, 1003, 1007, 1008, 1009, 1010);

    private final HttpClient client = HttpClient.newHttpClient();
    private final BlockingQueue<FrameSocket.Event> events = new LinkedBlockingQueue<>();
    private final LocalSettings settings;
    private final DemoApi api;
    private final PrintStream frames;
    private final PrintStream remarks;

    private @Nullable FrameSocket current;
    /** Told to go, and kept until its successor is welcome. */
    private @Nullable FrameSocket leaving;

    private Duration heartbeat = Duration.ofSeconds(25);
    private boolean pinged;
    private boolean due;
    private int attempts;

    Listen(LocalSettings settings, PrintStream frames, PrintStream remarks) {
        this.settings = settings;
        this.api = new DemoApi(settings);
        this.frames = frames;
        this.remarks = remarks;
    }

    int run(String person) throws InterruptedException {
        // That the person cannot sign in is said at once; later failures are waited out.
        connect(api.token(person));
        boolean listening = true;
        while (listening) {
            Duration patience = pinged ? PONG_WITHIN : heartbeat;
            FrameSocket.Event event = events.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
            if (event == null) {
                silence();
            } else if (event instanceof FrameSocket.Event.Frame frame) {
                pinged = false;
                show(frame);
            } else if (event instanceof FrameSocket.Event.Closed closed) {
                listening = closed(closed);
            } else {
                reconnect(person);
            }
        }
        return 1;
    }

    private void show(FrameSocket.Event.Frame frame) {
        frames.println(frame.text());
        JsonNode content = JSON.readTree(frame.text());
        switch (content.path("type").asString("")) {
            case "welcome" -> {
                heartbeat = Duration.ofSeconds(content.path("heartbeat_seconds").asLong(25));
                attempts = 0;
                if (leaving != null) {
                    leaving.leave();
                    leaving = null;
                }
            }
            case "reconnect" -> {
                leaving = frame.socket();
                dueIn(content.path("after_ms").asLong(0));
            }
            default -> {
                // Shown, and nothing else to do.
            }
        }
    }

    /** Returns whether to go on. */
    private boolean closed(FrameSocket.Event.Closed closed) {
        if (closed.socket() != current) {
            return true;
        }
        current = null;
        boolean comesBack = comesBack(closed.code());
        tell("closed " + closed.code() + " " + closed.reason() + (comesBack ? "" : ": not coming back"));
        if (comesBack && leaving == null) {
            backOff();
        }
        return comesBack;
    }

    private void silence() {
        FrameSocket silent = current;
        if (silent == null) {
            return;
        }
        if (pinged) {
            silent.abort();
            events.add(new FrameSocket.Event.Closed(silent, FrameSocket.NO_CLOSE_FRAME, "silent"));
        } else {
            silent.send("{\"type\":\"ping\"}");
        }
        pinged = !pinged;
    }

    private void reconnect(String person) {
        due = false;
        try {
            // A new token each time: the old one may be why the socket was closed.
            connect(api.token(person));
        } catch (ProcessFailedException notNow) {
            tell(String.valueOf(notNow.getMessage()));
            leaving = null;
            backOff();
        }
    }

    private void connect(String token) {
        try {
            current = FrameSocket.open(client, URI.create(settings.gatewayAddress()), token, events);
            tell("connected to " + settings.gatewayAddress());
        } catch (CompletionException e) {
            throw new ProcessFailedException("no socket at " + settings.gatewayAddress() + ": " + e.getCause(), e);
        }
    }

    /** Full jitter, so that many clients do not come back at the same moment. */
    private void backOff() {
        long longest = Math.min(1000L << Math.min(attempts, 10), LONGEST_BACK_OFF_MILLIS);
        attempts++;
        dueIn(ThreadLocalRandom.current().nextLong(longest));
    }

    /** A socket told to go may also be closed before its successor is open: one new socket is enough for both. */
    private void dueIn(long millis) {
        if (due) {
            return;
        }
        due = true;
        CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS, Runnable::run)
                .execute(() -> events.add(new FrameSocket.Event.Due()));
    }

    private void tell(String line) {
        remarks.println("# " + line);
    }

    /** What a close code tells a client to do; one that is not listed goes by its range. */
    static boolean comesBack(int code) {
        return !STAY_AWAY.contains(code) && (code < 4500 || code > 4999);
    }
}
