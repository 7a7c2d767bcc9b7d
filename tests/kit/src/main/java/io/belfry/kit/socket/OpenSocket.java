package io.belfry.kit.socket;

import io.belfry.kit.contract.AsyncApi;
import io.belfry.kit.contract.Json;
import io.belfry.kit.contract.ProtocolPage;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One open socket that hands every frame on and keeps none, so that thousands fit into one JVM. Each frame is held
 * against docs/asyncapi.yaml as it arrives; closing the socket fails the test if one did not fit. Safe for use by many
 * threads.
 */
public class OpenSocket implements AutoCloseable {

    private final Consumer<JsonNode> onFrame;
    private final Consumer<Closed> onClosed;
    private final List<String> misfits = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Closed> closed = new CompletableFuture<>();
    private @Nullable WebSocket socket;

    /**
     * @param onFrame called on the socket's thread, in order; must not block
     * @param onClosed called once, on the socket's thread
     */
    OpenSocket(Consumer<JsonNode> onFrame, Consumer<Closed> onClosed) {
        this.onFrame = onFrame;
        this.onClosed = onClosed;
    }

    WebSocket.Listener listener() {
        return new Listener();
    }

    OpenSocket openedAs(WebSocket opened) {
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

    public void sendText(String text) {
        finish(socket().sendText(text, true));
    }

    public void sendBinary(byte[] bytes) {
        finish(socket().sendBinary(ByteBuffer.wrap(bytes), true));
    }

    /** Sends without waiting; a failure shows as the end of the socket. */
    public void sendLater(JsonNode frame) {
        var unused = socket().sendText(frame.toString(), true);
    }

    private static void finish(CompletableFuture<WebSocket> sending) {
        try {
            sending.get(10, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the socket takes no more frames", e.getCause());
        } catch (InterruptedException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    public boolean isOpen() {
        return !closed.isDone();
    }

    CompletableFuture<Closed> closed() {
        return closed;
    }

    void arrived(JsonNode frame) {
        onFrame.accept(frame);
    }

    /** Leaves without a word, as a process that dies does. */
    public void abort() {
        socket().abort();
    }

    @Override
    public void close() {
        WebSocket opened = socket;
        if (opened != null && isOpen() && !opened.isOutputClosed()) {
            var unused = opened.sendClose(WebSocket.NORMAL_CLOSURE, "").exceptionally(failure -> opened);
        }
        if (!misfits.isEmpty()) {
            throw new AssertionError("frames that docs/asyncapi.yaml does not describe: " + misfits);
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
                arrived(frame);
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
