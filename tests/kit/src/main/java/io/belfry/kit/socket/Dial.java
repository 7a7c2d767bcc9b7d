package io.belfry.kit.socket;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** A socket about to be opened. */
public final class Dial {

    /** For all sockets together: what is done with a frame takes no time, and thousands dial at once. */
    private static final int THREADS = 4;

    private static final HttpClient HTTP = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(5))
            .executor(Executors.newFixedThreadPool(THREADS, task -> {
                Thread made = new Thread(task, "sockets");
                made.setDaemon(true);
                return made;
            }))
            .build();

    private final URI address;
    private final WebSocket.Builder handshake = HTTP.newWebSocketBuilder().connectTimeout(Duration.ofSeconds(10));
    private Consumer<JsonNode> onFrame = frame -> {};
    private Consumer<Closed> onClosed = closed -> {};

    private Dial(URI address) {
        this.address = address;
    }

    public static Dial to(URI address) {
        return new Dial(address);
    }

    /** The token in the header, as a client that is no browser sends it. */
    public Dial bearer(String token) {
        return header("Authorization", "Bearer " + token);
    }

    /** The token as a subprotocol, as a browser can send it. */
    public Dial subprotocolToken(String token) {
        return subprotocols("belfry.v1", "bearer." + token);
    }

    public Dial subprotocols(String first, String... others) {
        handshake.subprotocols(first, others);
        return this;
    }

    public Dial header(String name, String value) {
        handshake.header(name, value);
        return this;
    }

    /** Called on the socket's thread with every frame, in order; must not block. */
    public Dial onFrame(Consumer<JsonNode> listener) {
        onFrame = listener;
        return this;
    }

    /** Called once, on the socket's thread. */
    public Dial onClosed(Consumer<Closed> listener) {
        onClosed = listener;
        return this;
    }

    /**
     * A socket that remembers every frame.
     *
     * @throws HandshakeRefusedException if the upgrade is answered with another status than 101
     */
    public SocketClient open() {
        try {
            return dial(true).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof HandshakeRefusedException refused) {
                throw refused;
            }
            throw new IllegalStateException("no socket at " + address, e.getCause());
        }
    }

    /** A socket that remembers nothing. */
    public CompletableFuture<SocketClient> openLater() {
        return dial(false);
    }

    private CompletableFuture<SocketClient> dial(boolean remembers) {
        SocketClient client = new SocketClient(onFrame, onClosed, remembers);
        return handshake.buildAsync(address, client.listener()).handle((socket, failure) -> {
            if (failure == null) {
                return client.openedAs(socket);
            }
            Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
            throw cause instanceof WebSocketHandshakeException refused
                    ? new HandshakeRefusedException(refused.getResponse())
                    : new CompletionException(cause);
        });
    }

    /** The status that the upgrade is refused with. */
    public int refusedWith() {
        try (SocketClient unexpected = open()) {
            throw new AssertionError("the upgrade was accepted: " + unexpected.welcome());
        } catch (HandshakeRefusedException refused) {
            return refused.status();
        }
    }
}
