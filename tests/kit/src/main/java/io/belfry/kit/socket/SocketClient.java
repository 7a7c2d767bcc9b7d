package io.belfry.kit.socket;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/**
 * An {@link OpenSocket} that remembers every frame, for tests that wait for one. Closing it fails the test if a frame did
 * not fit its description. Safe for use by many threads.
 */
public final class SocketClient implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Consumer<JsonNode> onFrame;
    private final Consumer<Closed> onClosed;
    private final List<JsonNode> frames = new CopyOnWriteArrayList<>();
    private final Object arrival = new Object();
    private final CompletableFuture<Closed> closed = new CompletableFuture<>();
    private final OpenSocket socket = new OpenSocket(this::arrived, this::ended);

    SocketClient(Consumer<JsonNode> onFrame, Consumer<Closed> onClosed) {
        this.onFrame = onFrame;
        this.onClosed = onClosed;
    }

    OpenSocket socket() {
        return socket;
    }

    private void arrived(JsonNode frame) {
        onFrame.accept(frame);
        synchronized (arrival) {
            frames.add(frame);
            arrival.notifyAll();
        }
    }

    private void ended(Closed how) {
        closed.complete(how);
        onClosed.accept(how);
    }

    public String subprotocol() {
        return socket.subprotocol();
    }

    public void send(JsonNode frame) {
        sendText(frame.toString());
    }

    /** Sends without waiting; a failure shows as the end of the socket. */
    public void sendLater(JsonNode frame) {
        socket.sendLater(frame);
    }

    public void sendText(String text) {
        socket.sendText(text);
    }

    public void sendBinary(byte[] bytes) {
        socket.sendBinary(bytes);
    }

    /** Every frame so far, in order. */
    public List<JsonNode> frames() {
        return List.copyOf(frames);
    }

    public List<JsonNode> frames(String type) {
        List<JsonNode> found = new ArrayList<>();
        for (JsonNode frame : frames) {
            if (is(type, frame)) {
                found.add(frame);
            }
        }
        return found;
    }

    public JsonNode welcome() {
        return awaitFrame("welcome", frame -> true);
    }

    /** The first frame of this type, whenever it came or comes. */
    public JsonNode awaitFrame(String type) {
        return awaitFrame(type, frame -> true);
    }

    /** The first frame of this type that passes. */
    public JsonNode awaitFrame(String type, Predicate<JsonNode> test) {
        return awaitAny("a frame " + type, frame -> is(type, frame) && test.test(frame));
    }

    public JsonNode awaitNotification(String title) {
        return awaitFrame(
                "notification",
                frame -> frame.at("/notification/title").asString().equals(title));
    }

    /** The frame that tells of this change, if it is not the hint in {@code welcome}. */
    public JsonNode awaitSeq(long seq) {
        return awaitAny(
                "the frame of seq " + seq, frame -> frame.path("seq").asLong(-1) == seq && !is("welcome", frame));
    }

    /** The answer to a frame with this {@code ref}. */
    public JsonNode awaitRef(String ref) {
        return awaitAny(
                "the answer to " + ref, frame -> frame.path("ref").asString("").equals(ref));
    }

    private static boolean is(String type, JsonNode frame) {
        return frame.path("type").asString().equals(type);
    }

    /** Looks at every frame as it comes, without the pauses of a poll: latencies are measured with it. */
    private JsonNode awaitAny(String what, Predicate<JsonNode> test) {
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

    public Closed awaitClosed() {
        return awaitClosed(PATIENCE);
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

    public boolean isOpen() {
        return !closed.isDone();
    }

    /** Leaves without a word, as a process that dies does. */
    public void abort() {
        socket.abort();
    }

    @Override
    public void close() {
        socket.close();
    }
}
