package io.belfry.gateway.session;

import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.RedisClient;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.EpollProvider;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * One server or a cluster, made to look the same, with every queue and wait bounded: by default Lettuce keeps two
 * thousand million commands for a server that is gone, and each for a minute.
 *
 * @param commands makes a connection that ends with the client
 * @param subscription makes a connection that ends with the client
 */
record RedisConnector(
        AbstractRedisClient client,
        Supplier<RedisClusterAsyncCommands<String, String>> commands,
        Supplier<StatefulRedisPubSubConnection<String, String>> subscription) {

    private static final Duration COMMAND_TIMEOUT = Duration.ofMillis(500);

    /** For the first answer on a new connection, which is no command of ours. */
    private static final Duration GREETING_TIMEOUT = Duration.ofSeconds(2);

    private static final int MAX_COMMANDS_UNDER_WAY = 10_000;

    static RedisConnector of(RedisSettings settings, ClientResources resources) {
        settings.addresses().forEach(address -> address.setTimeout(GREETING_TIMEOUT));
        if (settings.isCluster()) {
            RedisClusterClient client = RedisClusterClient.create(resources, settings.addresses());
            client.setOptions(ClusterClientOptions.builder(bounded())
                    .topologyRefreshOptions(ClusterTopologyRefreshOptions.builder()
                            .enablePeriodicRefresh(Duration.ofSeconds(30))
                            .build())
                    .build());
            return new RedisConnector(client, () -> client.connect().async(), client::connectPubSub);
        }
        RedisClient client = RedisClient.create(resources, settings.addresses().get(0));
        client.setOptions(bounded());
        return new RedisConnector(client, () -> client.connect().async(), client::connectPubSub);
    }

    private static ClientOptions bounded() {
        return ClientOptions.builder()
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .requestQueueSize(MAX_COMMANDS_UNDER_WAY)
                .timeoutOptions(TimeoutOptions.enabled(COMMAND_TIMEOUT))
                .maintNotificationsConfig(MaintNotificationsConfig.disabled())
                .socketOptions(socketOptions())
                .build();
    }

    private static SocketOptions socketOptions() {
        return SocketOptions.builder()
                .connectTimeout(Duration.ofSeconds(2))
                .keepAlive(SocketOptions.KeepAliveOptions.builder()
                        .enable()
                        .idle(Duration.ofSeconds(10))
                        .interval(Duration.ofSeconds(5))
                        .count(3)
                        .build())
                .tcpUserTimeout(SocketOptions.TcpUserTimeoutOptions.builder()
                        .enable(EpollProvider.isAvailable()) // with NIO it refuses to connect
                        .tcpUserTimeout(Duration.ofSeconds(10))
                        .build())
                .build();
    }
}
