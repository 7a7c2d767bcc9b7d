package io.belfry.localstack.command;

import io.belfry.localstack.process.ProcessFailedException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A person's socket: every frame is a line, what happens to the socket a remark beside. Comes back by the rules of the
 * close codes until it is told to stay away. For people who watch one gateway on loopback: it moves when it is closed,
 * not when it is asked to, and leaves it to the gateway to miss the other side.
 */
final class Listen implements WebSocket.Listener {

    private static final long LONGEST_BACK_OFF_MILLIS = 30_000;
    private static final Set<Integer> STAY_AWAY = Set.of(1002, 1003, 1007, 1008, 1009, 1010);

    /** @param code 1006 if the socket ended without a close frame */
    private record End(int code, String reason) {}

    private final HttpClient client = HttpClient.newHttpClient();
    private final BlockingQueue<End> ends = new LinkedBlockingQueue<>();
    private final StringBuilder frame = new StringBuilder();
    private final DemoApi api;
    private final URI gateway;
    private final String person;
    private final PrintStream frames;
    private final PrintStream remarks;

    /** Since the last frame. */
    private final AtomicInteger attempts = new AtomicInteger();

    Listen(LocalSettings settings, String person, PrintStream frames, PrintStream remarks) {
        this.api = new DemoApi(settings);
        this.gateway = URI.create(settings.gatewayAddress());
        this.person = person;
        this.frames = frames;
        this.remarks = remarks;
    }

    /**
     * Returns when it is told to stay away.
     *
     * @throws ProcessFailedException if there is no first socket; later failures are waited out
     */
    void run() throws InterruptedException {
        connect();
        End end = ends.take();
        while (comesBack(end.code())) {
            tell("closed " + end.code() + " " + end.reason());
            reconnect();
            end = ends.take();
        }
        tell("closed " + end.code() + " " + end.reason() + ": not coming back");
    }

    private void reconnect() throws InterruptedException {
        while (true) {
            // Full jitter, so that many clients do not come back at the same moment.
            long longest = Math.min(1000L << Math.min(attempts.get(), 10), LONGEST_BACK_OFF_MILLIS);
            TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextLong(longest));
            try {
                connect();
                return;
            } catch (ProcessFailedException notNow) {
                tell(String.valueOf(notNow.getMessage()));
            }
        }
    }

    /** With a new token each time: the old one may be why the socket was closed. */
    private void connect() {
        attempts.incrementAndGet();
        frame.setLength(0);
        String token = api.token(person);
        try {
            client.newWebSocketBuilder()
                    .connectTimeout(Duration.ofSeconds(5))
                    .header("Authorization", "Bearer " + token)
                    .subprotocols("belfry.v1")
                    .buildAsync(gateway, this)
                    .join();
            tell("connected to " + gateway);
        } catch (CompletionException e) {
            throw new ProcessFailedException("no socket at " + gateway + ": " + e.getCause(), e);
        }
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
        frame.append(data);
        if (last) {
            frames.println(frame);
            frame.setLength(0);
            attempts.set(0);
        }
        socket.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
        ends.add(new End(code, reason));
        return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
        ends.add(new End(1006, String.valueOf(error.getMessage())));
    }

    private void tell(String line) {
        remarks.println("# " + line);
    }

    /** What a close code tells a client to do; one that is not listed goes by its range. */
    static boolean comesBack(int code) {
        return !STAY_AWAY.contains(code) && (code < 4500 || code > 4999);
    }
}
