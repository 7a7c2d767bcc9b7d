package io.belfry.kit.socket;

import java.time.Duration;
import java.util.List;
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
public final class SocketClient extends OpenSocket {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final List<JsonNode> frames = new CopyOnWriteArrayList<>();
    private final Object arrival = new Object();

    SocketClient(Consumer<JsonNode> onFrame, Consumer<Closed> onClosed) {
        super(onFrame, onClosed);
    }

    @Override
    void arrived(JsonNode frame) {
        super.arrived(frame);
        synchronized (arrival) {
            frames.add(frame);
            arrival.notifyAll();
        }
    }

    public void send(JsonNode frame) {
        sendText(frame.toString());
    }

    /** Every frame so far, in order. */
    public List<JsonNode> frames() {
        return List.copyOf(frames);
    }

    public List<JsonNode> frames(String type) {
        return frames.stream().filter(frame -> is(type, frame)).toList();
    }

    public JsonNode welcome() {
        return awaitFrame("welcome");
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
                    throw new AssertionError("no " + what + " within " + PATIENCE + "; closed: " + closed().getNow(null)
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
            return closed().get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("still open after " + patience + "; frames: " + frames, e);
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
