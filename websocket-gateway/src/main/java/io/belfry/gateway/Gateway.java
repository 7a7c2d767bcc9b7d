package io.belfry.gateway;

import io.belfry.access.TokenVerifier;
import io.belfry.events.NotificationStored.Recipient;
import io.belfry.gateway.commands.CommandPublisher;
import io.belfry.gateway.connection.ConnectionRegistry;
import io.belfry.gateway.conversation.Admission;
import io.belfry.gateway.conversation.ConversationContext;
import io.belfry.gateway.delivery.EventDelivery;
import io.belfry.gateway.hints.InboxHints;
import io.belfry.gateway.ops.GatewayMetrics;
import io.belfry.gateway.ops.ManagementServer;
import io.belfry.gateway.presence.GatewayRedis;
import io.belfry.gateway.presence.RedisSessionStore;
import io.belfry.gateway.presence.SessionStore;
import io.belfry.gateway.transport.SocketServer;
import io.belfry.runtime.probes.BuildInfo;
import io.belfry.runtime.probes.ServerProbes;
import io.belfry.runtime.tracing.Tracing;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A whole gateway: built by the constructor, brought up by {@link #start}, taken down by {@link #drain} and
 * {@link #close} in the reverse order.
 */
public final class Gateway implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);

    /** Beyond the drain time, for the last close frames to leave. */
    private static final Duration DRAIN_GRACE = Duration.ofSeconds(8);

    private final GatewayConfig config;
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics gcMetrics = new JvmGcMetrics();
    private final GatewayMetrics metrics;
    private final Tracing tracing = Tracing.fromEnvironment("websocket-gateway");
    private final TokenVerifier verifier;
    private final GatewayRedis redis;
    private final SessionStore sessions;
    private final InboxHints hints = new InboxHints();
    private final CommandPublisher commands;
    private final SocketServer sockets;
    private final ConnectionRegistry connections;
    private final EventDelivery delivery;
    private final ManagementServer management;
    private final ConversationContext context;
    private volatile boolean draining;

    /** @param onDeath called, once, if the gateway cannot do its work any more and should be started anew */
    public Gateway(GatewayConfig config, Clock clock, Runnable onDeath) {
        this.config = config;
        String name = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
        metrics = new GatewayMetrics(registry, clock);
        verifier = new TokenVerifier(config.tokens(), clock);
        redis = new GatewayRedis(config.redis());
        sessions = new RedisSessionStore(name, config.sessionsPerUser(), redis);
        commands = new CommandPublisher(
                config.delivery().kafka(), config.delivery().topics(), name, clock);
        sockets = new SocketServer(config.sockets(), metrics);
        connections = sockets.connections();
        delivery = new EventDelivery(config.delivery(), connections, listener(onDeath), metrics, tracing);
        context = new ConversationContext(
                name,
                new Admission(config.delivery().shard(), verifier, sessions, hints::of, metrics),
                commands::publish,
                config.conversation(),
                clock);
        management = new ManagementServer(config.management(), delivery::isAlive, this::unreadiness, registry);
        bindMetrics();
    }

    private EventDelivery.Listener listener(Runnable onDeath) {
        return new EventDelivery.Listener() {
            @Override
            public void changed(String epoch, List<Recipient> inboxes) {
                hints.changed(epoch, inboxes);
            }

            @Override
            public void erased(long user) {
                connections.signOut(user, Instant.MAX);
                sessions.erase(user);
                hints.erase(user);
            }

            @Override
            public void died() {
                onDeath.run();
            }
        };
    }

    private void bindMetrics() {
        metrics.gauge(
                "belfry.gateway.sessions", "Connected sockets that are let in", connections, ConnectionRegistry::size);
        BuildInfo.gauge(registry);
        ServerProbes.gauge(registry, "redis", redis::isUp);
        ServerProbes.gauge(registry, "kafka", () -> delivery.isBrokerInContact() && commands.isTrusted());
        new JvmMemoryMetrics().bindTo(registry);
        gcMetrics.bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
    }

    /** Begins to work; sockets are let in once every partition's position is known. */
    public void start() {
        if (config.failpoints().areSet()) {
            LOG.warn("FAULTS ARE MADE ON PURPOSE: BELFRY_FAILPOINTS sets {}", config.failpoints());
        }
        sessions.start(new SessionStore.Listener() {
            @Override
            public void signedOut(long user, Instant moment) {
                connections.signOut(user, moment);
            }

            @Override
            public void superseded(long user, long session) {
                connections.supersede(user, session);
            }
        });
        delivery.start();
        sockets.start(context, metrics, this::isReady);
        // Last: ready means that the port is open.
        management.start();
        LOG.info(
                "gateway {} of version {} on {}, management on {}",
                context.gateway(),
                BuildInfo.VERSION,
                sockets.address(),
                management.address());
    }

    public InetSocketAddress address() {
        return sockets.address();
    }

    public InetSocketAddress managementAddress() {
        return management.address();
    }

    private boolean isReady() {
        return unreadiness().isEmpty();
    }

    /**
     * Not ready from this moment; the port stays open and answers 503, so that a balancer without health checks goes
     * elsewhere too. Blocks until every client is gone or told to go.
     */
    public void drain() {
        draining = true;
        LOG.info("draining {} sessions over {}", connections.size(), config.drain());
        try {
            connections
                    .farewell(config.drain())
                    .get(config.drain().multipliedBy(2).plus(DRAIN_GRACE).toMillis(), TimeUnit.MILLISECONDS);
            // Those that were being let in at that moment.
            connections.farewell(Duration.ZERO).get(1, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("not every client could be told to go", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** In the reverse order of what needs what. May be called without {@link #start} or {@link #drain}. */
    @Override
    public void close() {
        draining = true;
        sockets.close();
        delivery.close();
        tracing.close();
        commands.close();
        sessions.close();
        verifier.close();
        management.close();
        gcMetrics.close();
        registry.close();
    }

    private List<String> unreadiness() {
        List<String> reasons = new ArrayList<>();
        if (draining) {
            reasons.add("draining");
        }
        if (!delivery.isPositioned()) {
            reasons.add("the positions in Kafka are not known yet");
        }
        if (!delivery.isShardable()) {
            reasons.add("the partitions in Kafka are no multiple of the shards");
        }
        if (!delivery.isAlive()) {
            reasons.add("delivery has died");
        }
        if (delivery.isUnreadable()) {
            reasons.add("Kafka cannot be read");
        }
        if (!verifier.isReady()) {
            reasons.add("no keys for tokens yet");
        }
        return reasons;
    }
}
