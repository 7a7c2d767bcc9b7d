package io.belfry.gateway.session;

import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.metrics.CommandLatencyRecorder;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The connections to Redis: one for commands, one for what others say. Once made they mend themselves; until then
 * {@link #connect} is called again and again, by one thread.
 */
final class RedisLink implements AutoCloseable {

    private final ClientResources resources;
    private final RedisConnector connector;
    private boolean subscribed;
    private volatile @Nullable RedisClusterAsyncCommands<String, String> commands;

    /**
     * @param connectors makes the connector, given the threads to use
     * @param onConnected runs, on a thread of the client's, whenever a connection is made or made again
     */
    RedisLink(Function<ClientResources, RedisConnector> connectors, Runnable onConnected) {
        this.resources = ClientResources.builder()
                .ioThreadPoolSize(2)
                .computationThreadPoolSize(2)
                .commandLatencyRecorder(CommandLatencyRecorder.disabled())
                // The default waits up to 30 s between attempts; presence has to be right again within 10.
                .reconnectDelay(
                        Delay.exponential(Duration.ofMillis(100), Duration.ofSeconds(2), 2, TimeUnit.MILLISECONDS))
                .build();
        this.connector = connectors.apply(resources);
        connector.client().addListener(new RedisConnectionStateListener() {
            @Override
            public void onRedisConnected(RedisChannelHandler<?, ?> made, SocketAddress address) {
                onConnected.run();
            }
        });
    }

    /**
     * Makes the connections that are not there yet. Blocks up to a few seconds. Leaves none behind that the next call
     * would make again.
     *
     * @param onMessage channel and message, on a thread of the client's
     * @throws io.lettuce.core.RedisException if Redis is not there
     */
    RedisClusterAsyncCommands<String, String> connect(String[] channels, BiConsumer<String, String> onMessage) {
        if (!subscribed) {
            subscribe(channels, onMessage);
        }
        RedisClusterAsyncCommands<String, String> present = commands;
        if (present == null) {
            present = connector.commands().get();
            commands = present;
        }
        return present;
    }

    private void subscribe(String[] channels, BiConsumer<String, String> onMessage) {
        StatefulRedisPubSubConnection<String, String> subscription =
                connector.subscription().get();
        try {
            subscription.addListener(new RedisPubSubAdapter<>() {
                @Override
                public void message(String channel, String message) {
                    onMessage.accept(channel, message);
                }
            });
            subscription.sync().subscribe(channels);
            subscribed = true;
        } finally {
            if (!subscribed) {
                // The client would keep it; and if Redis was only slow, it would be subscribed after all and heard too.
                var unused = subscription.closeAsync();
            }
        }
    }

    /** Null until the first connection is made. Commands fail at once while it is broken, and after 500 ms otherwise. */
    @Nullable
    RedisClusterAsyncCommands<String, String> commands() {
        return commands;
    }

    @Override
    public void close() {
        connector.client().shutdown(0, 2, TimeUnit.SECONDS);
        resources.shutdown(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(3, TimeUnit.SECONDS);
    }
}
