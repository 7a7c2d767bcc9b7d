package io.belfry.chaos.load;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

/**
 * What stands before the apis of an installation: hands each request to the next node that its last look found ready, tries
 * it there once, and counts the answers. Safe for use by many threads.
 */
public final class Balancer implements AutoCloseable {

    /** So a node that goes is noticed within 2 s, and has to serve on for as long. */
    private static final double LOOKS_PER_SECOND = 0.5;

    /** What belongs to a connection and not to a message, or is written by the client or the server itself. */
    private static final Set<String> NOT_PASSED_ON =
            Set.of("connection", "content-length", "expect", "host", "http2-settings", "transfer-encoding", "upgrade");

    private final List<URI> nodes;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Paced looks = new Paced();
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private final AtomicInteger turn = new AtomicInteger();
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicInteger serverErrors = new AtomicInteger();
    private final Queue<String> unanswered = new ConcurrentLinkedQueue<>();
    private final HttpServer server;
    private volatile List<URI> ready;

    /** @param nodes each without a path */
    public Balancer(List<URI> nodes) {
        this.nodes = List.copyOf(nodes);
        this.ready = this.nodes;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        looks.repeat(
                LOOKS_PER_SECOND,
                () -> ready = this.nodes.stream().filter(this::isReady).toList());
        server.setExecutor(threads);
        server.createContext("/", this::pass);
        server.start();
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    public int answered() {
        return answered.get();
    }

    /** How often the apis answered 500 to 599. */
    public int serverErrors() {
        return serverErrors.get();
    }

    /** Requests that got no answer, and why: refused, cut, or no service was ready. */
    public List<String> unanswered() {
        return List.copyOf(unanswered);
    }

    /** One that is too busy to say stays what it was, as with balancers that want to hear it more than once. */
    private boolean isReady(URI node) {
        HttpRequest request = HttpRequest.newBuilder(node.resolve("/actuator/health/readiness"))
                .timeout(Duration.ofSeconds(1))
                .build();
        try {
            return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (HttpTimeoutException e) {
            return ready.contains(node);
        } catch (IOException | InterruptedException e) {
            return false;
        }
    }

    private void pass(HttpExchange exchange) throws IOException {
        List<URI> candidates = ready;
        int next = turn.getAndIncrement();
        try (exchange) {
            if (candidates.isEmpty()) {
                isUnanswered(exchange, "no service is ready");
                return;
            }
            URI node = candidates.get(Math.floorMod(next, candidates.size()));
            try {
                answer(exchange, client.send(request(node, exchange), BodyHandlers.ofByteArray()));
            } catch (IOException e) {
                isUnanswered(exchange, "at " + node + ": " + e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void isUnanswered(HttpExchange exchange, String why) throws IOException {
        unanswered.add(exchange.getRequestMethod() + " " + why);
        exchange.sendResponseHeaders(502, -1);
    }

    private static HttpRequest request(URI node, HttpExchange exchange) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        node.resolve(exchange.getRequestURI().toString()))
                .timeout(Duration.ofSeconds(20))
                .method(
                        exchange.getRequestMethod(),
                        BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()));
        passOn(exchange.getRequestHeaders(), request::header);
        return request.build();
    }

    private void answer(HttpExchange exchange, HttpResponse<byte[]> answer) throws IOException {
        answered.incrementAndGet();
        if (answer.statusCode() >= 500) {
            serverErrors.incrementAndGet();
        }
        passOn(answer.headers().map(), exchange.getResponseHeaders()::add);
        byte[] body = answer.body();
        exchange.sendResponseHeaders(answer.statusCode(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    private static void passOn(Map<String, List<String>> headers, BiConsumer<String, String> to) {
        headers.forEach((name, values) -> {
            if (!NOT_PASSED_ON.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> to.accept(name, value));
            }
        });
    }

    @Override
    public void close() {
        looks.close();
        server.stop(0);
        threads.shutdownNow();
    }
}
