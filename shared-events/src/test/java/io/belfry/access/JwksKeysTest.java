package io.belfry.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.belfry.json.StrictJson;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.Jwks;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.PublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JwksKeysTest {

    private static final StrictJson JSON = StrictJson.ignoringUnknownFields();
    private static final Logger LOGGER = Logger.getLogger(JwksKeys.class.getName());

    private final PublicKey key = Jwts.SIG.ES256.keyPair().build().getPublic();
    private final Queue<Class<?>> errorsTold = new ConcurrentLinkedQueue<>();
    private HttpServer server;
    private volatile Answer answer = body -> {};
    private URI address;

    @BeforeEach
    void publishKey() throws IOException {
        publish(List.of(jwk(key, "k1")));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/keys", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream body = exchange.getResponseBody()) {
                answer.writeTo(body);
            }
        });
        server.setExecutor(Executors.newCachedThreadPool());
        server.start();
        address = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/keys");
        LOGGER.setFilter(told -> {
            if (told.getLevel() == Level.SEVERE && told.getThrown() != null) {
                errorsTold.add(told.getThrown().getClass());
            }
            return true;
        });
    }

    @AfterEach
    void stop() {
        LOGGER.setFilter(null);
        server.stop(0);
    }

    @Test
    void goOnBeingFetchedAfterErrorsAndTellThem() {
        Queue<Error> errors = new ConcurrentLinkedQueue<>(
                List.of(new NoClassDefFoundError("on purpose"), new OutOfMemoryError("on purpose")));
        Callable<HttpResponse<byte[]>> whole = JwksKeys.overHttp(address, Duration.ofSeconds(5));
        Callable<HttpResponse<byte[]>> failing = () -> {
            Error error = errors.poll();
            if (error != null) {
                throw error;
            }
            return whole.call();
        };

        try (JwksKeys keys = new JwksKeys(address, failing, Duration.ofMillis(10))) {
            await().atMost(Duration.ofSeconds(10)).until(keys::isReady);

            assertThat(keys.candidates("ES256", "k1")).containsExactly(key);
            assertThat(errorsTold).containsExactly(NoClassDefFoundError.class, OutOfMemoryError.class);
        }
    }

    @Test
    void areThoseOfTheTokensKindWhateverElseSharesTheirId() {
        PublicKey rsa = Jwts.SIG.RS256.keyPair().build().getPublic();
        PublicKey other = Jwts.SIG.ES256.keyPair().build().getPublic();
        Map<String, Object> encryption = jwk(other, "k1");
        encryption.put("use", "enc");
        Map<String, Object> wrapping = jwk(other, "k1");
        wrapping.put("key_ops", List.of("wrapKey"));
        publish(List.of(encryption, wrapping, jwk(rsa, "k1"), jwk(key, "k1"), jwk(key, "k2"), Map.of("kty", "?")));

        try (JwksKeys keys = fetched()) {
            assertThat(keys.candidates("ES256", "k1")).containsExactly(key);
            assertThat(keys.candidates("ES256", "k2")).containsExactly(key);
            assertThat(keys.candidates("ES256", null)).containsExactly(key);
            assertThat(keys.candidates("RS256", "k1")).containsExactly(rsa);
            assertThat(keys.candidates("HS256", "k1")).isEmpty();
            assertThat(keys.candidates("ES256", "k3")).isEmpty();
        }
    }

    @Test
    void withoutIdsAreTriedOneAfterTheOther() throws Exception {
        KeyPair pair = Jwts.SIG.ES256.keyPair().build();
        publish(List.of(jwk(key, null), jwk(pair.getPublic(), null)));
        try (TokenVerifier verifier = new TokenVerifier(
                TokenSettings.fromEnvironment(Map.of("BELFRY_JWT_JWKS_URL", address.toString())), Clock.systemUTC())) {
            await().until(verifier::isReady);
            for (String id : new String[] {null, "unheard-of"}) {
                String token = Jwts.builder()
                        .json(new TokenJson.Writer())
                        .header()
                        .keyId(id)
                        .and()
                        .subject("7")
                        .expiration(Date.from(Instant.now().plusSeconds(60)))
                        .signWith(pair.getPrivate())
                        .compact();
                assertThat(verifier.verify(token).userId()).isEqualTo(7L);
            }
        }
    }

    @Test
    void outliveAnAnswerThatIsTooLongAndOneThatTrickles() {
        AtomicInteger fetches = new AtomicInteger();
        Callable<HttpResponse<byte[]>> limited = JwksKeys.overHttp(address, Duration.ofMillis(300));
        Callable<HttpResponse<byte[]>> counted = () -> {
            fetches.incrementAndGet();
            return limited.call();
        };
        try (JwksKeys keys = new JwksKeys(address, counted, Duration.ofMillis(10))) {
            await().until(keys::isReady);
            byte[] spaces = " ".repeat(64 * 1024).getBytes(StandardCharsets.UTF_8);
            PublicKey next = Jwts.SIG.ES256.keyPair().build().getPublic();
            byte[] others = JSON.write(Map.of("keys", List.of(jwk(next, "k2"))));
            Answer tooLong = body -> {
                for (int i = 0; i < 5; i++) {
                    body.write(spaces);
                }
                body.write(others);
            };
            Answer trickling = body -> {
                while (true) {
                    body.write(' ');
                    body.flush();
                    LockSupport.parkNanos(20_000_000);
                }
            };
            for (Answer bad : List.of(tooLong, trickling)) {
                answer = bad;
                int before = fetches.get();
                await().until(() -> fetches.get() >= before + 3);
                assertThat(keys.candidates("ES256", "k1")).containsExactly(key);
            }
            publish(List.of(jwk(next, "k2")));
            await().untilAsserted(
                            () -> assertThat(keys.candidates("ES256", "k2")).containsExactly(next));
        }
    }

    private interface Answer {
        void writeTo(OutputStream body) throws IOException;
    }

    private JwksKeys fetched() {
        JwksKeys keys = new JwksKeys(address);
        await().until(keys::isReady);
        return keys;
    }

    private void publish(List<Map<String, Object>> keys) {
        byte[] json = JSON.write(Map.of("keys", keys));
        answer = body -> body.write(json);
    }

    @SuppressWarnings("unchecked") // a JWK is a JSON object
    private static Map<String, Object> jwk(PublicKey key, String id) {
        var jwk = Jwks.builder().key(key);
        byte[] json = JSON.write(id == null ? jwk.build() : jwk.id(id).build());
        return new HashMap<>(JSON.bind(JSON.parseObject(json, 8), Map.class));
    }
}
