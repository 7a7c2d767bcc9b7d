package io.belfry.acceptance.watching;

import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.belfry.localstack.process.Ports;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** A collector of traces that keeps what it is sent by OTLP over HTTP. */
final class Collector implements AutoCloseable {

    /** @param parent of a span of another process or of this one; empty = none */
    record Seen(String service, String name, String kind, String trace, String id, String parent, boolean failed) {}

    private final int port = Ports.free();
    private final Queue<Seen> spans = new ConcurrentLinkedQueue<>();
    private volatile CountDownLatch answering = new CountDownLatch(0);
    private @Nullable HttpServer server;

    String address() {
        return "http://127.0.0.1:" + port;
    }

    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/v1/traces", this::take);
        server.start();
    }

    /** It takes connections and calls, and answers none, until it is closed. */
    void hang() {
        answering = new CountDownLatch(1);
    }

    private void take(HttpExchange call) throws IOException {
        try (call) {
            answering.await();
            ExportTraceServiceRequest.parseFrom(call.getRequestBody())
                    .getResourceSpansList()
                    .forEach(this::keep);
            call.sendResponseHeaders(200, -1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void keep(ResourceSpans sent) {
        String service = sent.getResource().getAttributesList().stream()
                .filter(attribute -> attribute.getKey().equals("service.name"))
                .map(KeyValue::getValue)
                .findFirst()
                .orElseThrow()
                .getStringValue();
        sent.getScopeSpansList().stream()
                .flatMap(scope -> scope.getSpansList().stream())
                .map(span -> new Seen(
                        service,
                        span.getName(),
                        span.getKind().name().replace("SPAN_KIND_", ""),
                        hex(span.getTraceId()),
                        hex(span.getSpanId()),
                        hex(span.getParentSpanId()),
                        span.getStatus().getCodeValue() == 2))
                .forEach(spans::add);
    }

    private static String hex(ByteString bytes) {
        return HexFormat.of().formatHex(bytes.toByteArray());
    }

    List<Seen> trace(String id) {
        return spans.stream().filter(span -> span.trace().equals(id)).toList();
    }

    /** May be started again. */
    @Override
    public void close() {
        answering.countDown();
        if (server != null) {
            server.stop(0);
        }
    }
}
