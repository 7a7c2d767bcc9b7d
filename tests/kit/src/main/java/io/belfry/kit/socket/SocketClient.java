package io.belfry.kit.socket;

import io.belfry.kit.contract.AsyncApi;
import io.belfry.kit.contract.Json;
import io.belfry.kit.contract.ProtocolPage;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One open socket. Each frame is held against docs/asyncapi.yaml as it arrives; closing the socket fails the test if one
 * did not fit. Safe for use by many threads.
 */
public final class SocketClient implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Consumer<JsonNode> onFrame;
    private final Consumer<Closed> onClosed;
    private final boolean remembers;
    private final List<JsonNode> frames = new CopyOnWriteArrayList<>();
    private final List<String> misfits = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Closed> closed = new CompletableFuture<>();
    private final Object arrival = new Object();
    private @Nullable WebSocket socket;

    /**
     * @param onFrame   called on the socket's thread, in order; must not block
     * @param onClosed  called once, on the socket's thread
     * @param remembers whether frames are kept for tests that wait for one; thousands of sockets fit into a JVM without
     */
    SocketClient(Consumer<JsonNode> onFrame, Consumer<Closed> onClosed, boolean remembers) {
        this.onFrame = onFrame;
        this.onClosed = onClosed;
        this.remembers = remembers;
    }

    WebSocket.Listener listener() {
        return new Listener();
    }

    SocketClient openedAs(WebSocket opened) {
        socket = opened;
        return this;
    }

    private WebSocket socket() {
        WebSocket opened = socket;
        if (opened == null) {
            throw new IllegalStateException("not open yet");
        }
        return opened;
    }

    public String subprotocol() {
        return socket().getSubprotocol();
    }

    public void send(JsonNode frame) {
        sendText(frame.toString());
    }

    public void sendText(String text) {
        try {
            socket().sendText(text, true).get(10, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the socket takes no more frames", e.getCause());
        } catch (InterruptedException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Sends without waiting; a failure shows as the end of the socket. */
    public void sendLater(JsonNode frame) {
        var unused = socket().sendText(frame.toString(), true);
    }

    public boolean isOpen() {
        return !closed.isDone();
    }

    /** Leaves without a word, as a process that dies does. */
    public void abort() {
        socket().abort();
    }

    @Override
    public void close() {
        WebSocket opened = socket;
        if (opened != null && isOpen() && !opened.isOutputClosed()) {
            var unused = opened.sendClose(WebSocket.NORMAL_CLOSURE, "");
        }
        if (!misfits.isEmpty()) {
            throw new AssertionError("frames that docs/asyncapi.yaml does not describe: " + misfits);
        }
    }

    /** Those of this type so far, in order. */
    public List<JsonNode> frames(String type) {
        return frames.stream().filter(frame -> is(type, frame)).toList();
    }

    public JsonNode welcome() {
        return awaitFrame("welcome", frame -> is("welcome", frame));
    }

    /** The first with this title, whenever it came or comes. */
    public JsonNode awaitNotification(String title) {
        return awaitFrame(
                "notification " + title,
                frame -> frame.at("/notification/title").asString("").equals(title));
    }

    /** The frame that tells of this change, if it is not the hint in {@code welcome}. */
    public JsonNode awaitSeq(long seq) {
        return awaitFrame(
                "the frame of seq " + seq, frame -> frame.path("seq").asLong(-1) == seq && !is("welcome", frame));
    }

    /** The answer to a frame with this {@code ref}. */
    public JsonNode awaitRef(String ref) {
        return awaitFrame(
                "the answer to " + ref, frame -> frame.path("ref").asString("").equals(ref));
    }

    private static boolean is(String type, JsonNode frame) {
        return frame.path("type").asString().equals(type);
    }

    /** Looks at every frame as it comes, without the pauses of a poll: latencies are measured with it. */
    private JsonNode awaitFrame(String what, Predicate<JsonNode> test) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        int seen = 0;
        synchronized (arrival) {
            while (true) {
                for (; seen < frames.size(); seen++) {
                    if (test.test(frames.get(seen))) {
                        return frames.get(seen);
                    }
                }
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    throw new AssertionError("no " + what + " within " + PATIENCE + "; closed: " + closed.getNow(null)
                            + "; frames: " + frames);
                }
                try {
                    TimeUnit.NANOSECONDS.timedWait(arrival, left);
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
    }

    public Closed awaitClosed(Duration patience) {
        try {
            return closed.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("still open after " + patience + "; frames: " + frames, e);
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private final class Listener implements WebSocket.Listener {

        private final StringBuilder text = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                JsonNode frame = Json.parse(text.toString());
                text.setLength(0);
                misfits.addAll(AsyncApi.shared().misfitsOfServerFrame(frame));
                onFrame.accept(frame);
                if (remembers) {
                    synchronized (arrival) {
                        frames.add(frame);
                        arrival.notifyAll();
                    }
                }
            }
            from.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            if (!ProtocolPage.closeCodes().containsKey(code)) {
                misfits.add("close code " + code + " is not in docs/protocol.md");
            }
            end(new Closed(code, reason));
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            end(new Closed(Closed.BROKEN, String.valueOf(error)));
        }

        private void end(Closed how) {
            if (closed.complete(how)) {
                onClosed.accept(how);
            }
        }
    }
}
