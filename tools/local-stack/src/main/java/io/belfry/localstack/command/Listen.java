package io.belfry.localstack.command;

import io.belfry.localstack.process.ProcessFailedException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
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
    private static final int NO_CLOSE_FRAME = 1006;
    private static final Set<Integer> STAY_AWAY = Set.of(1002, 1003, 1007, 1008, 1009, 1010);

    private final HttpClient client = HttpClient.newHttpClient();
    /** What sockets and the clock have to say, to be heard on the one thread. */
    private final BlockingQueue<Runnable> steps = new LinkedBlockingQueue<>();

    private final DemoApi api;
    private final URI gateway;
    private final String person;
    private final PrintStream frames;
    private final PrintStream remarks;

    private @Nullable WebSocket current;
    /** Told to go, and kept until its successor is welcome. */
    private @Nullable WebSocket leaving;

    private Duration heartbeat = Duration.ofSeconds(25);
    private boolean listening = true;
    private boolean pinged;
    private boolean due;
    private int attempts;

    Listen(LocalSettings settings, String person, PrintStream frames, PrintStream remarks) {
        this.api = new DemoApi(settings);
        this.gateway = URI.create(settings.gatewayAddress());
        this.person = person;
        this.frames = frames;
        this.remarks = remarks;
    }

    /** Returns when it is told to stay away. */
    void run() throws InterruptedException {
        // That the person cannot sign in is said at once; later failures are waited out.
        connect();
        while (listening) {
            Duration patience = pinged ? PONG_WITHIN : heartbeat;
            Runnable step = steps.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
            if (step == null) {
                silent();
            } else {
                step.run();
            }
        }
    }

    /** With a new token each time: the old one may be why the socket was closed. */
    private void connect() {
        String token = api.token(person);
        try {
            current = client.newWebSocketBuilder()
                    .connectTimeout(Duration.ofSeconds(5))
                    .header("Authorization", "Bearer " + token)
                    .subprotocols("belfry.v1")
                    .buildAsync(gateway, new Ear())
                    .join();
            tell("connected to " + gateway);
        } catch (CompletionException e) {
            throw new ProcessFailedException("no socket at " + gateway + ": " + e.getCause(), e);
        }
    }

    private void reconnect() {
        due = false;
        try {
            connect();
        } catch (ProcessFailedException notNow) {
            tell(String.valueOf(notNow.getMessage()));
            leaving = null;
            backOff();
        }
    }

    private void heard(WebSocket socket, String frame) {
        pinged = false;
        frames.println(frame);
        JsonNode content = JSON.readTree(frame);
        String type = content.path("type").asString("");
        if (type.equals("welcome")) {
            heartbeat = Duration.ofSeconds(content.path("heartbeat_seconds").asLong(25));
            attempts = 0;
            if (leaving != null) {
                var unused = leaving.sendClose(WebSocket.NORMAL_CLOSURE, "");
                leaving = null;
            }
        } else if (type.equals("reconnect")) {
            leaving = socket;
            dueIn(content.path("after_ms").asLong(0));
        }
    }

    private void closed(WebSocket socket, int code, String reason) {
        if (!socket.equals(current)) {
            return;
        }
        current = null;
        listening = comesBack(code);
        tell("closed " + code + " " + reason + (listening ? "" : ": not coming back"));
        if (listening && leaving == null) {
            backOff();
        }
    }

    private void silent() {
        WebSocket silent = current;
        if (silent == null) {
            return;
        }
        if (pinged) {
            silent.abort();
            closed(silent, NO_CLOSE_FRAME, "silent");
        } else {
            var unused = silent.sendText("{\"type\":\"ping\"}", true);
        }
        pinged = !pinged;
    }

    /** Full jitter, so that many clients do not come back at the same moment. */
    private void backOff() {
        long longest = Math.min(1000L << Math.min(attempts, 10), LONGEST_BACK_OFF_MILLIS);
        attempts++;
        dueIn(ThreadLocalRandom.current().nextLong(longest));
    }

    /** A socket told to go may also be closed before its successor is open: one new socket is enough for both. */
    private void dueIn(long millis) {
        if (!due) {
            due = true;
            CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS, Runnable::run)
                    .execute(() -> steps.add(this::reconnect));
        }
    }

    private void tell(String line) {
        remarks.println("# " + line);
    }

    /** What a close code tells a client to do; one that is not listed goes by its range. */
    static boolean comesBack(int code) {
        return !STAY_AWAY.contains(code) && (code < 4500 || code > 4999);
    }

    /** On one socket, and on its thread. */
    private final class Ear implements WebSocket.Listener {

        private final StringBuilder frame = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            frame.append(data);
            if (last) {
                String whole = frame.toString();
                frame.setLength(0);
                steps.add(() -> heard(socket, whole));
            }
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            steps.add(() -> closed(socket, code, reason));
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            steps.add(() -> closed(socket, NO_CLOSE_FRAME, String.valueOf(error.getMessage())));
        }
    }
}
