package io.belfry.runtime.redis;

import io.belfry.runtime.periodic.PeriodicTasks;
import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.RedisReadOnlyException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SslOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.metrics.CommandLatencyRecorder;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;
import io.lettuce.core.resource.EpollProvider;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A service's connection to one Redis server or a cluster, bounded in every way: by default Lettuce keeps two thousand million
 * commands for a server that is gone, and each for a minute. It is made in the background, mends itself, and is made anew
 * when the server turns out to be read-only: then another one has become the primary. Safe for use by many threads.
 */
public final class RedisConnection implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RedisConnection.class);

    private static final Duration COMMAND_TIMEOUT = Duration.ofMillis(500);

    /** For the first answer on a new connection. */
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

    private static final Duration BETWEEN_ATTEMPTS = Duration.ofSeconds(1);
    private static final int MAX_COMMANDS_UNDER_WAY = 10_000;

    private record Link(
            StatefulConnection<String, String> connection, RedisClusterAsyncCommands<String, String> commands) {}

    private final ClientResources resources;
    private final AbstractRedisClient client;
    private final Supplier<Link> connect;
    private final Supplier<StatefulRedisPubSubConnection<String, String>> connectSubscription;
    private final Runnable onConnected;
    private final BiConsumer<String, String> onMessage;
    private final String[] channels;
    private final PeriodicTasks attempts = new PeriodicTasks("redis-connect", 1);

    /** Why no connection can be made, once in the log. */
    private String told = "";

    private volatile @Nullable StatefulRedisPubSubConnection<String, String> subscription;

    private volatile @Nullable Link link;

    /** A connection without a subscription. */
    public static RedisConnection open(RedisAddresses addresses) {
        return open(addresses, () -> {}, (channel, message) -> {});
    }

    /**
     * Begins to connect. What is called is called on threads of the client's, which must not be blocked.
     *
     * @param onConnected a connection was made, or made again: what is kept for each has to be written again
     * @param onMessage hears the channel and the message
     * @param channels to subscribe to; none = no subscription
     */
    public static RedisConnection open(
            RedisAddresses addresses, Runnable onConnected, BiConsumer<String, String> onMessage, String... channels) {
        RedisConnection made = new RedisConnection(addresses, onConnected, onMessage, channels);
        made.attempts.every(BETWEEN_ATTEMPTS, made::tryToConnect);
        return made;
    }

    private RedisConnection(
            RedisAddresses addresses, Runnable onConnected, BiConsumer<String, String> onMessage, String... channels) {
        this.onConnected = onConnected;
        this.onMessage = onMessage;
        this.channels = channels.clone();
        this.resources = ClientResources.builder()
                .ioThreadPoolSize(2)
                .computationThreadPoolSize(2)
                .commandLatencyRecorder(CommandLatencyRecorder.disabled())
                // The default waits up to 30 s between attempts; presence has to be right again within 10.
                .reconnectDelay(
                        Delay.exponential(Duration.ofMillis(100), Duration.ofSeconds(2), 2, TimeUnit.MILLISECONDS))
                .build();
        addresses.nodes().forEach(node -> node.setTimeout(CONNECT_TIMEOUT));
        if (addresses.isCluster()) {
            RedisClusterClient cluster = RedisClusterClient.create(resources, addresses.nodes());
            cluster.setOptions(ClusterClientOptions.builder(options(addresses))
                    .topologyRefreshOptions(ClusterTopologyRefreshOptions.builder()
                            .enablePeriodicRefresh(Duration.ofSeconds(30))
                            .build())
                    .build());
            client = cluster;
            connect = () -> {
                var made = cluster.connect();
                return new Link(made, made.async());
            };
            connectSubscription = cluster::connectPubSub;
        } else {
            RedisURI address = addresses.nodes().get(0);
            RedisClient single = RedisClient.create(resources, address);
            single.setOptions(options(addresses));
            client = single;
            connect = () -> {
                var made = single.connect();
                return new Link(made, made.async());
            };
            connectSubscription = single::connectPubSub;
        }
        client.addListener(new RedisConnectionStateListener() {
            @Override
            public void onRedisConnected(RedisChannelHandler<?, ?> made, SocketAddress address) {
                onConnected.run();
            }
        });
    }

    /** How a client reaches these: within limits, and by TLS where it is asked for. */
    public static ClientOptions options(RedisAddresses addresses) {
        SslOptions.Builder tls = SslOptions.builder();
        if (addresses.authorities() != null) {
            tls.trustManager(addresses.authorities().toFile());
        }
        return ClientOptions.builder()
                .sslOptions(tls.build())
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .requestQueueSize(MAX_COMMANDS_UNDER_WAY)
                .timeoutOptions(TimeoutOptions.enabled(COMMAND_TIMEOUT))
                .maintNotificationsConfig(MaintNotificationsConfig.disabled())
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(CONNECT_TIMEOUT)
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
                        .build())
                .build();
    }

    private void tryToConnect() {
        try {
            connectWhatIsMissing();
            told = "";
        } catch (RuntimeException e) {
            Throwable cause = e;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            if (!told.equals(cause.toString())) {
                told = cause.toString();
                LOG.warn("Redis cannot be reached: {}", told);
            }
        }
    }

    /** Subscribes first: what is said between the two must not be missed by a service that can already speak. */
    private void connectWhatIsMissing() {
        if (subscription == null && channels.length > 0) {
            subscription = subscribe();
        }
        if (link == null) {
            link = connect.get();
            LOG.info("Connected to Redis");
            // Once more: what the client called it for came before commands could be run.
            onConnected.run();
        }
    }

    private StatefulRedisPubSubConnection<String, String> subscribe() {
        StatefulRedisPubSubConnection<String, String> made = connectSubscription.get();
        boolean subscribed = false;
        try {
            made.addListener(new RedisPubSubAdapter<>() {
                @Override
                public void message(String channel, String message) {
                    onMessage.accept(channel, message);
                }
            });
            made.sync().subscribe(channels);
            subscribed = true;
            return made;
        } finally {
            if (!subscribed) {
                // The client would keep it, and if Redis was only slow it would be heard twice.
                var unused = made.closeAsync();
            }
        }
    }

    /** Whether the first connection is made. It may be broken at this moment. */
    public boolean isMade() {
        return link != null;
    }

    /**
     * Runs commands. The stage fails with {@link RedisUnavailableException} while there is no connection, and with Lettuce's
     * exceptions otherwise, within half a second.
     */
    public <T> CompletionStage<T> run(
            Function<RedisClusterAsyncCommands<String, String>, ? extends CompletionStage<T>> commands) {
        Link used = link;
        if (used == null) {
            return CompletableFuture.failedFuture(new RedisUnavailableException("not connected yet"));
        }
        CompletionStage<T> answer = commands.apply(used.commands());
        return answer.whenComplete((unused, failure) -> {
            if (isReadOnly(failure)) {
                abandon(used);
            }
        });
    }

    /** As {@link #run}, and waits for the answer. */
    public <T> T await(Function<RedisClusterAsyncCommands<String, String>, ? extends CompletionStage<T>> commands)
            throws RedisUnavailableException {
        return await(run(commands));
    }

    /** An answer, within half a second from now. */
    public static <T> T await(CompletionStage<T> answer) throws RedisUnavailableException {
        try {
            return answer.toCompletableFuture().get(COMMAND_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new RedisUnavailableException("refused", e);
        } catch (TimeoutException e) {
            throw new RedisUnavailableException("no answer in time", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RedisUnavailableException("interrupted", e);
        }
    }

    private static boolean isReadOnly(@Nullable Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause instanceof RedisReadOnlyException
                // A script's own words around it differ between versions.
                || (cause != null && String.valueOf(cause.getMessage()).contains("READONLY"));
    }

    /** The server was demoted: the next attempt asks the name anew. */
    private synchronized void abandon(Link used) {
        if (Objects.equals(link, used)) {
            LOG.warn("Redis takes no writes here any more; connecting anew");
            link = null;
            var unused = used.connection().closeAsync();
            StatefulRedisPubSubConnection<String, String> former = subscription;
            if (former != null) {
                subscription = null;
                var unusedToo = former.closeAsync();
            }
        }
    }

    @Override
    public void close() {
        attempts.close();
        client.shutdown(0, 2, TimeUnit.SECONDS);
        resources.shutdown(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(3, TimeUnit.SECONDS);
    }
}
