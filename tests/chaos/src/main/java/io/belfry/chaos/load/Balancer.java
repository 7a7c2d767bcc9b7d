package io.belfry.chaos.load;

import com.sun.net.httpserver.Headers;
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
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/**
 * What stands before the apis of an installation: hands each request to the next node that its last look found ready, tries
 * it there once, and counts the answers. Safe for use by many threads.
 */
public final class Balancer implements AutoCloseable {

    /** So a node that goes is noticed within this time, and has to serve on for as long. */
    public static final Duration LOOK_EVERY = Duration.ofSeconds(2);

    /** What belongs to a connection and not to a message, or is written by the client or the server itself. */
    private static final Set<String> NOT_PASSED_ON =
            Set.of("connection", "content-length", "expect", "host", "http2-settings", "transfer-encoding", "upgrade");

    private final List<URI> nodes;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor();
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private final AtomicInteger turn = new AtomicInteger();
    private final Map<Integer, LongAdder> answers = new ConcurrentHashMap<>();
    private final Queue<String> unanswered = new ConcurrentLinkedQueue<>();
    private final HttpServer server;
    private volatile List<URI> ready = List.of();

    /** @param nodes each without a path */
    public Balancer(List<URI> nodes) {
        this.nodes = List.copyOf(nodes);
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        look();
        var unused = looks.scheduleWithFixedDelay(
                this::look, LOOK_EVERY.toMillis(), LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
        server.setExecutor(threads);
        server.createContext("/", this::pass);
        server.start();
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    public long answered() {
        return answers.values().stream().mapToLong(LongAdder::sum).sum();
    }

    /** How often the apis answered 500 to 599. */
    public long serverErrors() {
        return answers.entrySet().stream()
                .filter(each -> each.getKey() >= 500)
                .mapToLong(each -> each.getValue().sum())
                .sum();
    }

    /** Requests that got no answer, and why, each reason once: refused, cut, or no service was ready. */
    public Map<String, Long> unanswered() {
        return unanswered.stream().collect(Collectors.groupingBy(why -> why, Collectors.counting()));
    }

    private void look() {
        List<URI> before = ready;
        ready = nodes.stream().filter(node -> isReady(node, before)).toList();
    }

    /** One that is too busy to say stays what it was, as with balancers that want to hear it more than once. */
    private boolean isReady(URI node, List<URI> before) {
        HttpRequest request = HttpRequest.newBuilder(node.resolve("/actuator/health/readiness"))
                .timeout(Duration.ofSeconds(1))
                .build();
        try {
            return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (HttpTimeoutException e) {
            return before.contains(node);
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void pass(HttpExchange exchange) throws IOException {
        try (exchange) {
            List<URI> candidates = ready;
            if (candidates.isEmpty()) {
                unanswered.add("no service is ready");
                exchange.sendResponseHeaders(502, -1);
                return;
            }
            URI node = candidates.get(Math.floorMod(turn.getAndIncrement(), candidates.size()));
            try {
                answer(exchange, client.send(request(node, exchange), BodyHandlers.ofByteArray()));
            } catch (IOException e) {
                unanswered.add(exchange.getRequestMethod() + " at " + node + ": " + e);
                exchange.sendResponseHeaders(502, -1);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static HttpRequest request(URI node, HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        node.resolve(exchange.getRequestURI().toString()))
                .timeout(Duration.ofSeconds(20))
                .method(
                        exchange.getRequestMethod(),
                        body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (isPassedOn(name)) {
                values.forEach(value -> request.header(name, value));
            }
        });
        return request.build();
    }

    private void answer(HttpExchange exchange, HttpResponse<byte[]> answer) throws IOException {
        answers.computeIfAbsent(answer.statusCode(), any -> new LongAdder()).increment();
        Headers headers = exchange.getResponseHeaders();
        answer.headers().map().forEach((name, values) -> {
            if (isPassedOn(name)) {
                headers.put(name, values);
            }
        });
        byte[] body = answer.body();
        exchange.sendResponseHeaders(answer.statusCode(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    private static boolean isPassedOn(String header) {
        return !NOT_PASSED_ON.contains(header.toLowerCase(Locale.ROOT));
    }

    @Override
    public void close() {
        looks.shutdownNow();
        server.stop(0);
        threads.shutdownNow();
    }
}
