package io.belfry.api.sessions;

import io.belfry.api.settings.ApiSettings;
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
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection to Redis that is bounded in every way: it starts without Redis, fails at once while there is none
 * (Lettuce would queue two thousand million commands), and answers or fails within half a second.
 */
final class RedisLink implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RedisLink.class);

    private static final Duration TIMEOUT = Duration.ofMillis(500);
    private static final Duration BETWEEN_ATTEMPTS = Duration.ofSeconds(1);
    private static final int MAX_QUEUED = 10_000;

    private final ClientResources resources = ClientResources.builder()
            .ioThreadPoolSize(2)
            .computationThreadPoolSize(2)
            .commandLatencyRecorder(CommandLatencyRecorder.disabled())
            // Lettuce would wait up to 30 s between two attempts.
            .reconnectDelay(Delay.exponential(Duration.ofMillis(100), Duration.ofSeconds(2), 2, TimeUnit.MILLISECONDS))
            .build();
    private final AbstractRedisClient client;
    private final Supplier<CompletionStage<? extends RedisClusterAsyncCommands<String, String>>> connect;
    private final ScheduledExecutorService attempts = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "redis-connect");
        thread.setDaemon(true);
        return thread;
    });
    private volatile @Nullable RedisClusterAsyncCommands<String, String> commands;

    RedisLink(ApiSettings.Redis settings) {
        List<RedisURI> nodes = settings.urls().stream().map(RedisURI::create).toList();
        nodes.forEach(node -> node.setTimeout(TIMEOUT));
        if (nodes.size() > 1) {
            RedisClusterClient cluster = RedisClusterClient.create(resources, nodes);
            cluster.setOptions(ClusterClientOptions.builder(bounded()).build());
            client = cluster;
            connect = () -> cluster.connectAsync(StringCodec.UTF8).thenApply(connection -> connection.async());
        } else {
            RedisClient single = RedisClient.create(resources);
            single.setOptions(bounded());
            client = single;
            connect = () ->
                    single.connectAsync(StringCodec.UTF8, nodes.get(0)).thenApply(connection -> connection.async());
        }
        var unused = attempts.schedule(this::connect, 0, TimeUnit.MILLISECONDS);
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

    /** Until it succeeds once; from then on Lettuce reconnects by itself. */
    private void connect() {
        try {
            commands = connect.get().toCompletableFuture().get();
            LOG.info("connected to Redis");
        } catch (ExecutionException | RuntimeException e) {
            LOG.debug("no connection to Redis", e);
            var unused = attempts.schedule(this::connect, BETWEEN_ATTEMPTS.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    RedisClusterAsyncCommands<String, String> commands() throws RedisUnavailableException {
        RedisClusterAsyncCommands<String, String> connected = commands;
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
        attempts.shutdownNow();
        client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
        var unused = resources.shutdown(0, 2, TimeUnit.SECONDS);
    }
}
