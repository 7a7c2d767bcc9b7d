package io.belfry.gateway.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ManagementServerTest {

    @Test
    void answersBesideRequestsThatNeverEndAndHangsUpOnThem() throws Exception {
        List<Socket> halfSent = new ArrayList<>();
        try (ManagementServer server = new ManagementServer(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                () -> true,
                List::of,
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT))) {
            server.start();
            for (int i = 0; i < 20; i++) {
                halfSent.add(send(server.address(), i % 2 == 0 ? "GET /hea" : "GET /healthz HTTP/1.1\r\nHost: x\r\n"));
            }

            for (String path : List.of("/healthz", "/readyz", "/metrics")) {
                URI uri = URI.create("http://127.0.0.1:" + server.address().getPort() + path);
                HttpRequest request = HttpRequest.newBuilder(uri)
                        .timeout(Duration.ofSeconds(3))
                        .build();
                assertThat(HttpClient.newHttpClient()
                                .send(request, BodyHandlers.discarding())
                                .statusCode())
                        .as(path)
                        .isEqualTo(200);
            }

            for (Socket socket : halfSent) {
                socket.setSoTimeout(15_000);
                assertThat(socket.getInputStream().read()).isEqualTo(-1);
            }
        } finally {
            for (Socket socket : halfSent) {
                socket.close();
            }
        }
    }

    private static Socket send(InetSocketAddress address, String text) throws IOException {
        Socket socket = new Socket(address.getAddress(), address.getPort());
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }
}
