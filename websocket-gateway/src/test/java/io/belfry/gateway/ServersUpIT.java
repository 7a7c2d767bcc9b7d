package io.belfry.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.belfry.gateway.support.Backbone;
import io.belfry.gateway.support.TestGateway;
import io.belfry.gateway.support.TestSocket;
import io.belfry.localstack.Infrastructure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The figures tell that a server is gone while it is, and readiness does not. The servers are this class's own. */
class ServersUpIT {

    private static final String KAFKA = "belfry_server_up{server=\"kafka\"}";
    private static final String REDIS = "belfry_server_up{server=\"redis\"}";
    private static final Duration SOON = Duration.ofSeconds(10);

    @TempDir(cleanup = CleanupMode.NEVER)
    static Path folder;

    private static Infrastructure servers;
    private Backbone backbone;

    @BeforeAll
    static void startServers() {
        servers = Infrastructure.disposable(folder);
    }

    @AfterAll
    static void stopServers() {
        servers.close();
    }

    @BeforeEach
    void start() {
        backbone = Backbone.withoutTopics(servers);
    }

    @AfterEach
    void stop() {
        backbone.close();
    }

    @Test
    void followServersThatAreKilledAndFrozen() {
        try (TestGateway gateway = TestGateway.startUnready(backbone, Map.of())) {
            assertThat(gateway.metric(KAFKA)).as("nothing was exchanged yet").isZero();
            backbone.createTopics();
            awaitBoth(1, gateway);
            await().atMost(Duration.ofSeconds(20)).until(() -> gateway.status("/readyz") == 200);
            await("nothing happens, and that is no fault")
                    .during(Duration.ofSeconds(6))
                    .atMost(Duration.ofSeconds(8))
                    .until(() -> gateway.metric(KAFKA) == 1 && gateway.metric(REDIS) == 1);

            backbone.kafka().kill();
            backbone.redisServer().kill();
            awaitBoth(0, gateway);
            assertThat(gateway.status("/readyz")).isEqualTo(200);
            backbone.kafka().start();
            backbone.redisServer().start();
            awaitBoth(1, gateway);

            backbone.kafka().suspend();
            backbone.redisServer().suspend();
            try {
                awaitBoth(0, gateway);
                assertThat(gateway.status("/readyz")).isEqualTo(200);
            } finally {
                backbone.kafka().resume();
                backbone.redisServer().resume();
            }
            awaitBoth(1, gateway);
            assertThat(gateway.status("/healthz")).isEqualTo(200);
        }
    }

    private static void awaitBoth(int value, TestGateway gateway) {
        long begun = System.nanoTime();
        await().atMost(SOON).untilAsserted(() -> {
            assertThat(gateway.metric(KAFKA)).as(KAFKA).isEqualTo(value);
            assertThat(gateway.metric(REDIS)).as(REDIS).isEqualTo(value);
        });
        System.out.printf("both are %d after %.1f s%n", value, (System.nanoTime() - begun) / 1e9);
    }

    @Test
    void tellKafkaFromRedis() {
        backbone.createTopics();
        try (TestGateway gateway = TestGateway.start(backbone);
                TestSocket ana = gateway.connect(7)) {
            awaitBoth(1, gateway);
            backbone.redisServer().kill();
            await().atMost(SOON).until(() -> gateway.metric(REDIS) == 0);
            assertThat(gateway.metric(KAFKA)).isEqualTo(1);
            backbone.redisServer().start();
            awaitBoth(1, gateway);

            backbone.kafka().suspend();
            try {
                ana.send("{\"type\":\"mark_read\",\"id\":1,\"ref\":\"c1\"}");
                assertThat(ana.frame("error").get("code").stringValue()).isEqualTo("unavailable");
                assertThat(gateway.metric(KAFKA))
                        .as("before the consumer misses anything")
                        .isZero();
                assertThat(gateway.metric(REDIS)).isEqualTo(1);
            } finally {
                backbone.kafka().resume();
            }
            awaitBoth(1, gateway);
        }
    }
}
