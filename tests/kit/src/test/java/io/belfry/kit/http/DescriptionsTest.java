package io.belfry.kit.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DescriptionsTest {

    @Test
    void noAnswerWaitsForAnApiThatDoesNotDescribeItself() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        CountDownLatch answered = new CountDownLatch(1);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/api/", exchange -> exchange.sendResponseHeaders(204, -1));
        server.createContext("/v3/api-docs", exchange -> {
            try (exchange) {
                answered.await(30, TimeUnit.SECONDS);
                exchange.sendResponseHeaders(404, -1);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        server.start();
        try {
            long asked = System.nanoTime();
            ApiClient api = new ApiClient(
                    URI.create("http://127.0.0.1:" + server.getAddress().getPort()), null);
            assertThat(api.get("/api/me/").status()).isEqualTo(204);
            assertThat(api.get("/api/me/").status()).isEqualTo(204);
            assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofSeconds(10));
        } finally {
            answered.countDown();
            server.stop(0);
        }
    }
}
