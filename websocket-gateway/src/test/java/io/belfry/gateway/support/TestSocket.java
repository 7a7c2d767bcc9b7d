package io.belfry.gateway.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.belfry.json.StrictJson;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A well-behaved client: the JDK's, which answers pings by itself. */
public final class TestSocket implements AutoCloseable {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final BlockingQueue<String> frames = new LinkedBlockingQueue<>();
    private volatile int closeCode;
    private volatile boolean ended;
    private volatile Runnable onClosed = () -> {};
    private final WebSocket socket;

    private TestSocket(int port, Map<String, String> headers, String... subprotocols) {
        WebSocket.Builder builder = HTTP.newWebSocketBuilder().connectTimeout(PATIENCE);
        headers.forEach(builder::header);
        if (subprotocols.length > 0) {
            String[] others = new String[subprotocols.length - 1];
            System.arraycopy(subprotocols, 1, others, 0, others.length);
            builder.subprotocols(subprotocols[0], others);
        }
        socket = builder.buildAsync(URI.create("ws://127.0.0.1:" + port + "/ws/notifications/"), new Ear())
                .join();
    }

    /** With the token in the header, and welcomed. */
    public static TestSocket connect(TestGateway gateway, String token) {
        TestSocket socket = open(gateway, Map.of("Authorization", "Bearer " + token));
        socket.welcomed();
        return socket;
    }

    public static TestSocket open(TestGateway gateway, Map<String, String> headers, String... subprotocols) {
        return open(gateway.port(), headers, subprotocols);
    }

    public static TestSocket open(int port, Map<String, String> headers, String... subprotocols) {
        return new TestSocket(port, headers, subprotocols);
    }

    /** The HTTP status that a handshake is refused with; 101 if it is not. */
    public static int refused(TestGateway gateway, Map<String, String> headers, String... subprotocols) {
        return refused(gateway.port(), headers, subprotocols);
    }

    public static int refused(int port, Map<String, String> headers, String... subprotocols) {
        try {
            open(port, headers, subprotocols).close();
            return 101;
        } catch (CompletionException e) {
            if (e.getCause() instanceof WebSocketHandshakeException refusal) {
                return refusal.getResponse().statusCode();
            }
            throw e;
        }
    }

    private final class Ear implements WebSocket.Listener {

        private final StringBuilder partial = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            partial.append(data);
            if (last) {
                frames.add(partial.toString());
                partial.setLength(0);
            }
            from.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            closeCode = code;
            ended = true;
            onClosed.run();
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            ended = true;
        }
    }

    public String subprotocol() {
        return socket.getSubprotocol();
    }

    public void send(String text) {
        socket.sendText(text, true).join();
    }

    public void authenticate(String token) {
        send("{\"type\":\"authenticate\",\"token\":\"" + token + "\",\"ref\":\"a1\"}");
    }

    /** The next frame, as it came. */
    public String text() {
        try {
            String text = frames.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            assertThat(text).as("a frame; the close code is %d", closeCode).isNotNull();
            return text;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The next frame. */
    public ObjectNode frame() {
        return StrictJson.ignoringUnknownFields().parseObject(text(), 17);
    }

    public ObjectNode frame(String type) {
        ObjectNode frame = frame();
        assertThat(frame.get("type").stringValue()).as("type of %s", frame).isEqualTo(type);
        return frame;
    }

    public ObjectNode welcomed() {
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
        await().atMost(within).until(() -> ended);
        return closeCode;
    }

    /** Called once the gateway has said goodbye. */
    public void onClosed(Runnable action) {
        onClosed = action;
    }

    public boolean isOpen() {
        return !ended;
    }

    /** Says goodbye. */
    @Override
    public void close() {
        if (!socket.isOutputClosed()) {
            socket.sendClose(WebSocket.NORMAL_CLOSURE, "")
                    .exceptionally(e -> socket)
                    .join();
        }
        socket.abort();
    }
}
