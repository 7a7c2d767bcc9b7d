package io.belfry.gateway.support;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.kit.socket.Closed;
import io.belfry.kit.socket.Dial;
import io.belfry.kit.socket.SocketClient;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/** A well-behaved client, whose frames are taken one after the other, so that none comes unnoticed. */
public final class TestSocket implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final BlockingQueue<JsonNode> frames = new LinkedBlockingQueue<>();
    private final CompletableFuture<Closed> end = new CompletableFuture<>();
    private final SocketClient socket;

    public TestSocket(Dial dial) {
        socket = dial.onFrame(frames::add).onClosed(end::complete).openLater().join();
    }

    public String subprotocol() {
        return socket.subprotocol();
    }

    public void send(String text) {
        socket.sendText(text);
    }

    public void authenticate(String token) {
        send("{\"type\":\"authenticate\",\"token\":\"" + token + "\",\"ref\":\"a1\"}");
    }

    /** Shows that it is still served. */
    public void ping() {
        send("{\"type\":\"ping\"}");
        frame("pong");
    }

    /** The next frame. */
    public JsonNode frame() {
        try {
            JsonNode frame = frames.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            assertThat(frame).as("a frame; closed: %s", end.getNow(null)).isNotNull();
            return frame;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The next frame, its members in the order in which they came. */
    public String text() {
        return frame().toString();
    }

    public JsonNode frame(String type) {
        JsonNode frame = frame();
        assertThat(frame.get("type").stringValue()).as("type of %s", frame).isEqualTo(type);
        return frame;
    }

    /** Frames that came and have not been taken. */
    public int waiting() {
        return frames.size();
    }

    /** How the socket is closed, which it must be soon. */
    public int closed() {
        return closed(PATIENCE);
    }

    public int closed(Duration within) {
        assertThat(end).succeedsWithin(within);
        return end.join().code();
    }

    /** Called once the socket has ended. */
    public void onClosed(Runnable action) {
        end.thenRun(action);
    }

    public boolean isOpen() {
        return socket.isOpen();
    }

    /** Says goodbye. */
    @Override
    public void close() {
        socket.close();
    }
}
