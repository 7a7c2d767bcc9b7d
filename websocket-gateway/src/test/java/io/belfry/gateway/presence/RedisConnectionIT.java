package io.belfry.gateway.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.belfry.localstack.Infrastructure;
import io.belfry.localstack.RedisServer;
import io.belfry.localstack.process.Ports;
import io.belfry.runtime.redis.RedisAddresses;
import io.belfry.runtime.redis.RedisConnection;
import io.belfry.runtime.redis.RedisUnavailableException;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever fails on the way, one set of connections is made. The server is this class's own: its clients are counted. */
class RedisConnectionIT {

    private static final String CHANNEL = "news";

    @TempDir
    static Path folder;

    @AutoClose
    private static Infrastructure servers;

    @AutoClose("shutdown")
    private static RedisClient client;

    private static RedisServer server;
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

    private RedisConnection open() {
        RedisAddresses addresses = RedisAddresses.of(List.of(server.url()));
        return RedisConnection.open(addresses, () -> {}, (channel, message) -> heard.add(message), CHANNEL);
    }

    @Test
    void leavesNoConnectionBehindWhenRedisTakesConnectionsAndSaysNothing() {
        server.suspend();
        try (RedisConnection connection = open()) {
            // Longer than an attempt may take, so that several have failed.
            await().during(Duration.ofSeconds(6)).atMost(Duration.ofSeconds(8)).until(() -> !connection.isMade());
            server.resume();
            await().atMost(Duration.ofSeconds(10)).until(connection::isMade);
            assertOneSet();
        }
    }

    @Test
    void connectsAnewToAServerThatWasDemoted() throws RedisUnavailableException {
        try (RedisConnection connection = open()) {
            await().atMost(Duration.ofSeconds(10)).until(connection::isMade);
            List<String> before = otherClients("id");
            redis.replicaof("127.0.0.1", Ports.free());
            try {
                assertThatThrownBy(() -> connection.await(commands -> commands.set("key", "value")))
                        .hasStackTraceContaining("READONLY");
                await().atMost(Duration.ofSeconds(10))
                        .untilAsserted(
                                () -> assertThat(otherClients("id")).hasSize(2).doesNotContainAnyElementsOf(before));
            } finally {
                redis.replicaofNoOne();
            }
            await().atMost(Duration.ofSeconds(10)).until(connection::isMade);
            connection.await(commands -> commands.set("key", "value"));
            assertOneSet();
        }
    }

    /** One connection for commands, one that has subscribed, and each message is heard once. */
    private void assertOneSet() {
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(otherClients("flags")).containsExactlyInAnyOrder("N", "P"));
        redis.publish(CHANNEL, "first");
        redis.publish(CHANNEL, "last");
        await().until(() -> heard.contains("last"));
        assertThat(heard).containsExactly("first", "last");
    }

    /** This group of the line of every client but this class's own and the primary that a demoted server asks. */
    private static List<String> otherClients(String group) {
        String own = "id=" + redis.clientId() + " ";
        return redis.clientList()
                .lines()
                .filter(line -> !line.startsWith(own) && !line.contains(" flags=M "))
                .map(line -> line.replaceFirst(".*\\b" + group + "=(\\S+) .*", "$1"))
                .toList();
    }
}
