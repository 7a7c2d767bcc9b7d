package io.belfry.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.belfry.events.NotificationStored.Recipient;
import io.belfry.events.names.RedisKeys;
import io.belfry.gateway.support.Backbone;
import io.belfry.gateway.support.TestGateway;
import io.belfry.gateway.support.TestSocket;
import io.belfry.localstack.Infrastructure;
import io.lettuce.core.KillArgs;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a gateway does while Redis or Kafka is away, and when they return. The servers are this class's own. */
class OutageIT {

    private static final long ANA = 7;
    private static final long BRUNO = 8;
    private static final long CHEN = 9;
    private static final String KAFKA = "belfry_server_up{server=\"kafka\"}";
    private static final String REDIS = "belfry_server_up{server=\"redis\"}";

    @TempDir(cleanup = CleanupMode.NEVER)
    static Path folder;

    @AutoClose
    private static Infrastructure servers;

    @AutoClose
    private Backbone backbone;

    @BeforeEach
    void start() {
        if (servers == null) {
            servers = Infrastructure.disposable(folder);
        }
        backbone = Backbone.withoutTopics(servers);
    }

    /** What the figures tell of both, which readiness does not. */
    private static void awaitUp(TestGateway gateway, int kafka, int redis) {
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            assertThat(gateway.metric(KAFKA)).as(KAFKA).isEqualTo(kafka);
            assertThat(gateway.metric(REDIS)).as(REDIS).isEqualTo(redis);
        });
        assertThat(gateway.status("/readyz")).isEqualTo(200);
    }

    /** Killed or frozen: sockets and pushes go on, and presence is right again when it is back. */
    @ParameterizedTest(name = "killed: {0}")
    @ValueSource(booleans = {true, false})
    void servesWithoutRedisAndPutsItRightWhenItReturns(boolean killed) {
        backbone.createTopics();
        try (TestGateway gateway = TestGateway.start(backbone)) {
            TestSocket before = gateway.connect(ANA);
            TestSocket leaves = gateway.connect(ANA);
            await().until(() -> sessions(ANA) == 2);
            awaitHint(gateway);

            if (killed) {
                backbone.redisServer().kill();
            } else {
                backbone.redisServer().suspend();
            }
            TestSocket during;
            try {
                leaves.close();
                Instant begun = Instant.now();
                for (int i = 0; i < 10; i++) {
                    assertThat(gateway.welcome(BRUNO).propertyNames()).contains("seq", "unread", "epoch");
                }
                during = gateway.connect(CHEN);
                assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(3));
                backbone.store(9002, new Recipient(ANA, 2, 2), new Recipient(CHEN, 1, 1));
                before.frame("notification");
                during.frame("notification");
                awaitUp(gateway, 1, 0);
            } finally {
                if (killed) {
                    backbone.redisServer().start();
                } else {
                    backbone.redisServer().resume();
                }
            }
            await().atMost(Duration.ofSeconds(10)).ignoreExceptions().untilAsserted(() -> {
                assertThat(sessions(ANA)).isEqualTo(1);
                assertThat(sessions(BRUNO)).isZero();
                assertThat(sessions(CHEN)).isEqualTo(1);
            });
            awaitUp(gateway, 1, 1);
            before.close();
            during.close();
            await().until(() -> sessions(ANA) + sessions(CHEN) == 0);
        }
    }

    private void awaitHint(TestGateway gateway) {
        await().atMost(Duration.ofSeconds(15)).until(() -> {
            backbone.store(9001, new Recipient(BRUNO, 1, 1));
            return gateway.welcome(BRUNO).has("seq");
        });
    }

    @Test
    void closesTheSocketsOfAUserWhoSignedOutWhileItCouldNotHear() {
        backbone.createTopics();
        try (TestGateway gateway = TestGateway.start(backbone);
                TestSocket ana = gateway.connect(ANA)) {
            await().until(() -> sessions(ANA) == 1);
            backbone.redis().clientKill(KillArgs.Builder.typePubsub());
            // Published to no gateway: as if the message had come while none listened.
            backbone.redis()
                    .set(
                            RedisKeys.signedOut(ANA),
                            Long.toString(Instant.now().plusSeconds(1).toEpochMilli()));

            assertThat(ana.closed()).isEqualTo(4510);
            backbone.redis().del(RedisKeys.signedOut(ANA));
        }
    }

    private long sessions(long user) {
        return backbone.redis().zcard(RedisKeys.userSessions(user));
    }

    @Test
    void waitsForItsTopicsAndLetsNoClientInBefore() {
        try (TestGateway gateway = TestGateway.startUnready(backbone, Map.of())) {
            assertThat(gateway.status("/healthz")).isEqualTo(200);
            assertThat(gateway.status("/readyz")).isEqualTo(503);
            assertThat(gateway.dial().refusedWith()).isEqualTo(503);
            assertThat(gateway.metric(KAFKA)).as("nothing was exchanged yet").isZero();

            backbone.createTopics();
            await().atMost(Duration.ofSeconds(20)).until(() -> gateway.status("/readyz") == 200);
            await("nothing happens, and that is no fault")
                    .during(Duration.ofSeconds(6))
                    .atMost(Duration.ofSeconds(16))
                    .until(() -> gateway.metric(KAFKA) == 1 && gateway.metric(REDIS) == 1);
            try (TestSocket ana = gateway.connect(ANA)) {
                backbone.store(9001, new Recipient(ANA, 1, 1));
                ana.frame("notification");
            }
        }
    }

    @Test
    void keepsItsSocketsWhileKafkaIsAwayAndLosesNothingThatIsStoredAfter() {
        backbone.createTopics();
        try (TestGateway gateway = TestGateway.start(backbone);
                TestSocket ana = gateway.connect(ANA)) {
            backbone.kafka().kill();
            ana.send("{\"type\":\"mark_read\",\"id\":1,\"ref\":\"c1\"}");
            assertThat(ana.frame("error").get("code").stringValue()).isEqualTo("unavailable");
            try (TestSocket other = gateway.connect(BRUNO)) {
                other.ping();
            }
            awaitUp(gateway, 0, 1);

            backbone.kafka().start();
            await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> {
                backbone.store(9001, new Recipient(ANA, 1, 1));
                return true;
            });
            ana.frame("notification");
            await().atMost(Duration.ofSeconds(30)).until(() -> {
                ana.send("{\"type\":\"mark_read\",\"id\":1,\"ref\":\"c2\"}");
                return frameOfCommand(ana).equals("ack");
            });
        }
    }

    /** By a command that is not taken, before the consumer misses anything. */
    @Test
    void tellsAtOnceThatKafkaHangs() {
        backbone.createTopics();
        try (TestGateway gateway = TestGateway.start(backbone);
                TestSocket ana = gateway.connect(ANA)) {
            awaitUp(gateway, 1, 1);
            backbone.kafka().suspend();
            try {
                ana.send("{\"type\":\"mark_read\",\"id\":1,\"ref\":\"c1\"}");
                assertThat(ana.frame("error").get("code").stringValue()).isEqualTo("unavailable");
                assertThat(gateway.metric(KAFKA)).isZero();
                awaitUp(gateway, 0, 1);
            } finally {
                backbone.kafka().resume();
            }
            awaitUp(gateway, 1, 1);
        }
    }

    /** Past notifications that were sent more than once while the broker came back. */
    private static String frameOfCommand(TestSocket socket) {
        String type = "notification";
        while (type.equals("notification")) {
            type = socket.frame().get("type").stringValue();
        }
        return type;
    }

    @Test
    void sendsItsClientsBackAfterAGapAndReadsOnFromTheEnd() {
        backbone.createTopics();
        try (TestGateway gateway = TestGateway.start(backbone);
                TestSocket ana = gateway.connect(ANA)) {
            for (int seq = 1; seq <= 20; seq++) {
                backbone.store(seq, new Recipient(ANA, seq, seq));
                ana.frame("notification");
            }
            await().atMost(Duration.ofSeconds(20)).ignoreExceptions().until(() -> {
                backbone.recreateTopics();
                return true;
            });

            assertThat(ana.closed(Duration.ofSeconds(60))).isEqualTo(1012);
            assertThat(ana.frame("reconnect").has("after_ms")).isTrue();
            try (TestSocket again = gateway.connect(ANA)) {
                await().atMost(Duration.ofSeconds(20)).until(() -> {
                    backbone.store(21, new Recipient(ANA, 21, 1));
                    return again.waiting() > 0;
                });
            }
        }
    }
}
