package io.belfry.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.belfry.localstack.Infrastructure;
import io.belfry.localstack.RedisServer;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.api.sync.RedisCommands;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever fails on the way, one set of connections is made. The server is this class's own: its clients are counted. */
class RedisLinkIT {

    private static final String[] CHANNELS = {"news"};
    private static final int FAILURES = 3;

    @TempDir
    static Path folder;

    private static Infrastructure servers;
    private static RedisServer server;
    private static RedisClient client;
    private static RedisCommands<String, String> redis;

    private final Queue<String> heard = new ConcurrentLinkedQueue<>();

    @BeforeAll
    static void start() {
        servers = Infrastructure.disposable(folder);
        server = servers.redis();
        server.start();
        client = RedisClient.create(server.url());
        redis = client.connect().sync();
    }

    @AfterEach
    void thaw() {
        server.resume();
    }

    @AfterAll
    static void stop() {
        client.shutdown();
        servers.close();
    }

    private static RedisLink link(UnaryOperator<RedisConnector> connector) {
        RedisSettings settings = RedisSettings.of(server.url(), 1);
        return new RedisLink(resources -> connector.apply(RedisConnector.of(settings, resources)), () -> {});
    }

    private void connect(RedisLink link, String... channels) {
        link.connect(channels, (channel, message) -> heard.add(message));
    }

    @Test
    void leavesNoConnectionBehindWhenRedisFreezesBeforeItsSubscription() {
        AtomicInteger attempts = new AtomicInteger();
        try (RedisLink link = link(whole -> new RedisConnector(whole.client(), whole.commands(), () -> {
            var connection = whole.subscription().get();
            if (attempts.incrementAndGet() <= FAILURES) {
                server.suspend();
            }
            return connection;
        }))) {
            for (int i = 0; i < FAILURES; i++) {
                assertThatThrownBy(() -> connect(link, CHANNELS)).isInstanceOf(RedisException.class);
                server.resume();
            }

            connect(link, CHANNELS);
            assertOneSet();
        }
    }

    @Test
    void leavesNoConnectionBehindWhateverStepFails() {
        Queue<Error> errors = new ConcurrentLinkedQueue<>(List.of(new StackOverflowError("on purpose")));
        try (RedisLink link = link(
                whole -> new RedisConnector(whole.client(), failing(errors, whole.commands()), whole.subscription()))) {
            assertThatThrownBy(() -> connect(link)).isInstanceOf(IllegalArgumentException.class); // no channels
            assertThatThrownBy(() -> connect(link, CHANNELS)).isInstanceOf(StackOverflowError.class);

            connect(link, CHANNELS);
            assertOneSet();
        }
    }

    @Test
    void doesNotWaitLongForARedisThatTakesConnectionsAndSaysNothing() {
        try (RedisLink link = link(UnaryOperator.identity())) {
            server.suspend();
            Instant begun = Instant.now();
            for (int i = 0; i < FAILURES; i++) {
                assertThatThrownBy(() -> connect(link, CHANNELS)).isInstanceOf(RedisException.class);
            }
            assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(5 * FAILURES));

            server.resume();
            connect(link, CHANNELS);
            assertOneSet();
        }
    }

    private static <T> Supplier<T> failing(Queue<Error> errors, Supplier<T> whole) {
        return () -> {
            Error error = errors.poll();
            if (error != null) {
                throw error;
            }
            return whole.get();
        };
    }

    /** One connection for commands, one that has subscribed, and each message is heard once. */
    private void assertOneSet() {
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(otherClients()).containsExactlyInAnyOrder("N", "P"));
        redis.publish(CHANNELS[0], "first");
        redis.publish(CHANNELS[0], "last");
        await().until(() -> heard.contains("last"));
        assertThat(heard).containsExactly("first", "last");
    }

    /** The flags of all clients but this class's own: {@code N} for commands, {@code P} if subscribed. */
    private static List<String> otherClients() {
        String own = "id=" + redis.clientId() + " ";
        return redis.clientList()
                .lines()
                .filter(line -> !line.startsWith(own))
                .map(line -> line.replaceFirst(".* flags=(\\S+) .*", "$1"))
                .toList();
    }
}
