package io.belfry.gateway.ops;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * {@code /healthz}, {@code /readyz} and {@code /metrics}, by the JDK's own server: a request now and then, no more. One that
 * comes in pieces holds a thread, for 5 s at most.
 */
public final class ManagementServer implements AutoCloseable {

    static {
        // The server's own settings, in seconds: module jdk.httpserver.
        System.setProperty("sun.net.httpserver.maxReqTime", "5");
        System.setProperty("sun.net.httpserver.maxRspTime", "10");
    }

    private static final int MOST_REQUESTS = 64;
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

    private final HttpServer server;
    private final ExecutorService threads =
            new ThreadPoolExecutor(0, MOST_REQUESTS, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                Thread thread = new Thread(task, "management");
                thread.setDaemon(true);
                return thread;
            });

    /**
     * What is asked is asked at every probe, by many threads.
     *
     * @param live whether the process can still do its work; if not, it should be started anew
     * @param unreadiness what keeps clients from being sent here; empty = nothing
     * @throws UncheckedIOException if the address cannot be bound
     */
    public ManagementServer(
            InetSocketAddress address,
            BooleanSupplier live,
            Supplier<List<String>> unreadiness,
            PrometheusMeterRegistry metrics) {
        try {
            this.server = HttpServer.create(address, 0);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on " + address, e);
        }
        server.setExecutor(threads);
        serve(
                "/healthz",
                () -> live.getAsBoolean() ? new Answer(200, TEXT, "live\n") : new Answer(503, TEXT, "dead\n"));
        serve("/readyz", () -> readiness(unreadiness.get()));
        serve("/metrics", () -> new Answer(200, PROMETHEUS, metrics.scrape()));
    }

    private record Answer(int status, String contentType, String body) {}

    private static Answer readiness(List<String> unreadiness) {
        return unreadiness.isEmpty()
                ? new Answer(200, TEXT, "ready\n")
                : new Answer(503, TEXT, String.join("\n", unreadiness) + "\n");
    }

    private void serve(String path, Supplier<Answer> answers) {
        server.createContext(path, exchange -> {
            try (exchange) {
                boolean known = exchange.getRequestURI().getPath().equals(path);
                send(exchange, known ? answers.get() : new Answer(404, TEXT, "nothing here\n"));
            }
        });
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", answer.contentType());
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        boolean bodyless = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(answer.status(), bodyless ? -1 : body.length);
        if (!bodyless) {
            exchange.getResponseBody().write(body);
        }
    }

    public void start() {
        server.start();
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return server.getAddress();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
