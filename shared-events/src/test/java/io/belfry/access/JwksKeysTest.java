package io.belfry.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.belfry.json.StrictJson;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.Jwks;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpResponse;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JwksKeysTest {

    private static final Logger LOGGER = Logger.getLogger(JwksKeys.class.getName());

    private final PublicKey key = Jwts.SIG.ES256.keyPair().build().getPublic();
    private final Queue<Class<?>> errorsTold = new ConcurrentLinkedQueue<>();
    private final Handler ear = new Handler() {
        @Override
        public void publish(LogRecord told) {
            if (told.getLevel() == Level.SEVERE && told.getThrown() != null) {
                errorsTold.add(told.getThrown().getClass());
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };
    private HttpServer server;
    private URI address;

    @BeforeEach
    void publishKey() throws IOException {
        byte[] keys = StrictJson.ignoringUnknownFields()
                .write(Map.of(
                        "keys",
                        List.of(Jwks.builder().key((ECPublicKey) key).id("k1").build())));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/keys", exchange -> {
            exchange.sendResponseHeaders(200, keys.length);
            exchange.getResponseBody().write(keys);
            exchange.close();
        });
        server.start();
        address = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/keys");
        LOGGER.addHandler(ear);
    }

    @AfterEach
    void stop() {
        LOGGER.removeHandler(ear);
        server.stop(0);
    }

    @Test
    void goOnBeingFetchedAfterErrorsAndTellThem() {
        Queue<Error> errors = new ConcurrentLinkedQueue<>(
                List.of(new NoClassDefFoundError("on purpose"), new OutOfMemoryError("on purpose")));
        Callable<HttpResponse<String>> whole = JwksKeys.overHttp(address);
        Callable<HttpResponse<String>> failing = () -> {
            Error error = errors.poll();
            if (error != null) {
                throw error;
            }
            return whole.call();
        };

        try (JwksKeys keys = new JwksKeys(address, failing, Duration.ofMillis(10))) {
            await().atMost(Duration.ofSeconds(10)).until(keys::isReady);

            assertThat(keys.locate(Jwts.header().build())).isEqualTo(key);
            assertThat(errorsTold).containsExactly(NoClassDefFoundError.class, OutOfMemoryError.class);
        }
    }
}
