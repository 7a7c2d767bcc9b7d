package io.belfry.gateway.support;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.kit.socket.Closed;
import io.belfry.kit.socket.Dial;
import io.belfry.kit.socket.HandshakeRefusedException;
import io.belfry.kit.socket.SocketClient;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/** A well-behaved client, whose frames are taken one after the other, so that none comes unnoticed. */
public final class TestSocket implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final BlockingQueue<JsonNode> frames = new LinkedBlockingQueue<>();
    private final CompletableFuture<Closed> end = new CompletableFuture<>();
    private final SocketClient socket;

    private TestSocket(Dial dial) {
        socket = dial.onFrame(frames::add).onClosed(end::complete).openLater().join();
    }

    /** With the token in the header, and welcomed. */
    public static TestSocket connect(TestGateway gateway, String token) {
        TestSocket socket = open(gateway, Map.of("Authorization", "Bearer " + token));
        socket.welcomed();
        return socket;
    }

    public static TestSocket open(TestGateway gateway, Map<String, String> headers, String... subprotocols) {
        return open(gateway.address(), headers, subprotocols);
    }

    public static TestSocket open(URI address, Map<String, String> headers, String... subprotocols) {
        Dial dial = Dial.to(address);
        headers.forEach(dial::header);
        if (subprotocols.length > 0) {
            dial.subprotocols(subprotocols[0], Arrays.copyOfRange(subprotocols, 1, subprotocols.length));
        }
        return new TestSocket(dial);
    }

    /** The HTTP status that a handshake is refused with; 101 if it is not. */
    public static int refused(TestGateway gateway, Map<String, String> headers, String... subprotocols) {
        return refused(gateway.address(), headers, subprotocols);
    }

    public static int refused(URI address, Map<String, String> headers, String... subprotocols) {
        try {
            open(address, headers, subprotocols).close();
            return 101;
        } catch (CompletionException e) {
            if (e.getCause() instanceof HandshakeRefusedException refusal) {
                return refusal.status();
            }
            throw e;
        }
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

    /** The next frame. */
    public JsonNode frame() {
        try {
            JsonNode frame = frames.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            assertThat(frame).as("a frame; closed: %s", end.getNow(null)).isNotNull();
            return frame;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
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

    public JsonNode welcomed() {
        return frame("welcome");
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
