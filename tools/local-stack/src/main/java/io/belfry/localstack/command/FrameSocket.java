package io.belfry.localstack.command;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** One socket to a gateway; what it hears goes into a queue. */
final class FrameSocket implements WebSocket.Listener {

    static final int NO_CLOSE_FRAME = 1006;

    /** What happens to a socket. */
    sealed interface Event {

        record Frame(FrameSocket socket, String text) implements Event {}

        /** @param code 1006 if it ended without a close frame */
        record Closed(FrameSocket socket, int code, String reason) implements Event {}

        /** It is time for a new socket. */
        record Due() implements Event {}
    }

    private final BlockingQueue<Event> events;
    private final StringBuilder frame = new StringBuilder();
    private @Nullable WebSocket socket;

    private FrameSocket(BlockingQueue<Event> events) {
        this.events = events;
    }

    /** @throws CompletionException if it cannot be opened; its cause says why */
    static FrameSocket open(HttpClient client, URI address, String token, BlockingQueue<Event> events) {
        FrameSocket opened = new FrameSocket(events);
        opened.socket = client.newWebSocketBuilder()
                .connectTimeout(Duration.ofSeconds(5))
                .header("Authorization", "Bearer " + token)
                .subprotocols("belfry.v1")
                .buildAsync(address, opened)
                .join();
        return opened;
    }

    /** Sends a frame; a socket that is gone says so by its event. */
    void send(String text) {
        if (socket != null) {
            socket.sendText(text, true).exceptionally(gone -> socket);
        }
    }

    /** Leaves it to the other side to answer; nothing is heard of it after that. */
    void leave() {
        if (socket != null) {
            socket.sendClose(WebSocket.NORMAL_CLOSURE, "").exceptionally(gone -> socket);
        }
    }

    /** Drops the connection. */
    void abort() {
        if (socket != null) {
            socket.abort();
        }
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        frame.append(data);
        if (last) {
            events.add(new Event.Frame(this, frame.toString()));
            frame.setLength(0);
        }
        webSocket.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
        events.add(new Event.Closed(this, code, reason));
        return null;
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
        events.add(new Event.Closed(this, NO_CLOSE_FRAME, String.valueOf(error.getMessage())));
    }
}
