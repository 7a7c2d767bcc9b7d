package io.belfry.gateway.support;

import static org.awaitility.Awaitility.await;

import io.belfry.gateway.Gateway;
import io.belfry.gateway.GatewayConfig;
import io.belfry.kit.http.ApiClient;
import io.belfry.kit.socket.Dial;
import io.belfry.kit.system.Figures;
import io.belfry.kit.tokens.Tokens;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A whole gateway in this process, on free ports, between real servers. */
public final class TestGateway implements AutoCloseable {

    public static final String SECRET = "a secret of the tests that is long enough";

    /** That the gateways of the tests accept. */
    public static final Tokens TOKENS = new Tokens(SECRET);

    private final Gateway gateway;

    private TestGateway(Gateway gateway) {
        this.gateway = gateway;
    }

    /** Started and ready. */
    public static TestGateway start(Backbone backbone, Map<String, String> environment) {
        TestGateway made = startUnready(backbone, environment);
        await().atMost(Duration.ofSeconds(20)).until(() -> made.status("/readyz") == 200);
        return made;
    }

    public static TestGateway start(Backbone backbone) {
        return start(backbone, Map.of());
    }

    /** Started; ready when Kafka and its topics are there. */
    public static TestGateway startUnready(Backbone backbone, Map<String, String> environment) {
        Map<String, String> all = environment(backbone);
        all.putAll(environment);
        Gateway gateway = new Gateway(GatewayConfig.fromEnvironment(all), Clock.systemUTC(), () -> {});
        gateway.start();
        return new TestGateway(gateway);
    }

    /** What a gateway on loopback needs beside these servers. */
    public static Map<String, String> environment(Backbone backbone) {
        return new HashMap<>(Map.of(
                "BELFRY_JWT_SECRET",
                SECRET,
                "BELFRY_KAFKA_BOOTSTRAP",
                backbone.kafka().bootstrapServers(),
                "BELFRY_KAFKA_TOPIC_PREFIX",
                backbone.topics().prefix(),
                "BELFRY_REDIS_URL",
                backbone.redisServer().url(),
                "BELFRY_GATEWAY_ADDRESS",
                "127.0.0.1",
                "BELFRY_GATEWAY_PORT",
                "0",
                "BELFRY_GATEWAY_MANAGEMENT_PORT",
                "0"));
    }

    /** Where sockets are opened. */
    public URI address() {
        return address(gateway.address().getPort());
    }

    public static URI address(int port) {
        return URI.create("ws://127.0.0.1:" + port + "/ws/notifications/");
    }

    /** Of a management page. */
    public int status(String path) {
        return new ApiClient(URI.create("http://127.0.0.1:" + managementPort()), null)
                .get(path)
                .status();
    }

    private int managementPort() {
        return gateway.managementAddress().getPort();
    }

    /** The sum of a metric over its labels, or over those left open; 0 if it has never been counted. */
    public double metric(String name) {
        return Figures.at(managementPort(), "/metrics").sum(name);
    }

    /** A client that does not say yet who it is. */
    public Dial dial() {
        return Dial.to(address());
    }

    public TestSocket connect(long user) {
        return connect(TOKENS.user(user));
    }

    /** With the token in the header, and welcomed. */
    public TestSocket connect(String token) {
        TestSocket socket = new TestSocket(dial().bearer(token));
        socket.frame("welcome");
        return socket;
    }

    /** What a user who comes for a moment is told. */
    public JsonNode welcome(long user) {
        try (TestSocket socket = new TestSocket(dial().bearer(TOKENS.user(user)))) {
            return socket.frame("welcome");
        }
    }

    public void drain() {
        gateway.drain();
    }

    @Override
    public void close() {
        gateway.close();
    }
}
