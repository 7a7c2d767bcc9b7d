package io.belfry.api.sessions;

import io.belfry.api.ApiSettings;
import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.metrics.CommandLatencyRecorder;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One connection to Redis that is bounded in every way: it starts without Redis, fails at once while there is none
 * (Lettuce would queue two thousand million commands), and answers or fails within half a second.
 */
final class RedisLink implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofMillis(500);
    private static final int MAX_QUEUED = 10_000;

    private final ClientResources resources = ClientResources.builder()
            .ioThreadPoolSize(2)
            .computationThreadPoolSize(2)
            .commandLatencyRecorder(CommandLatencyRecorder.disabled())
            // Lettuce would wait up to 30 s between two attempts.
            .reconnectDelay(Delay.exponential(Duration.ofMillis(100), Duration.ofSeconds(2), 2, TimeUnit.MILLISECONDS))
            .build();
    private final AbstractRedisClient client;
    private final FirstConnection<RedisClusterAsyncCommands<String, String>> connection;

    RedisLink(ApiSettings.Redis settings) {
        List<RedisURI> nodes = settings.urls().stream().map(RedisURI::create).toList();
        nodes.forEach(node -> node.setTimeout(TIMEOUT));
        if (nodes.size() > 1) {
            RedisClusterClient cluster = RedisClusterClient.create(resources, nodes);
            cluster.setOptions(ClusterClientOptions.builder(bounded()).build());
            client = cluster;
            connection = new FirstConnection<>(
                    () -> cluster.connectAsync(StringCodec.UTF8).thenApply(made -> made.async()));
        } else {
            RedisClient single = RedisClient.create(resources);
            single.setOptions(bounded());
            client = single;
            connection = new FirstConnection<>(
                    () -> single.connectAsync(StringCodec.UTF8, nodes.get(0)).thenApply(made -> made.async()));
        }
    }

    private static ClientOptions bounded() {
        return ClientOptions.builder()
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .requestQueueSize(MAX_QUEUED)
                .timeoutOptions(TimeoutOptions.enabled(TIMEOUT))
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(Duration.ofSeconds(1))
                        .keepAlive(true)
                        .build())
                .build();
    }

    RedisClusterAsyncCommands<String, String> commands() throws RedisUnavailableException {
        RedisClusterAsyncCommands<String, String> connected = connection.get();
        if (connected == null) {
            throw new RedisUnavailableException("not connected yet");
        }
        return connected;
    }

    /** The answer of a command, within half a second from now. */
    static <T> T await(Future<T> answer) throws RedisUnavailableException {
        try {
            return answer.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new RedisUnavailableException("refused", e);
        } catch (TimeoutException e) {
            throw new RedisUnavailableException("no answer in time", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RedisUnavailableException("interrupted", e);
        }
    }

    @Override
    public void close() {
        connection.close();
        client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
        var unused = resources.shutdown(0, 2, TimeUnit.SECONDS);
    }
}
