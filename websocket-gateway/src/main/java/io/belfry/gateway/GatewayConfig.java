package io.belfry.gateway;

import io.belfry.access.TokenSettings;
import io.belfry.events.Topics;
import io.belfry.gateway.conversation.ConversationSettings;
import io.belfry.gateway.delivery.DeliverySettings;
import io.belfry.gateway.session.RedisSettings;
import io.belfry.gateway.transport.SocketSettings;
import io.belfry.gateway.transport.TrustedProxies;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All settings of a gateway. One environment variable each; the module's README lists them with their units.
 *
 * @param management where health and metrics are served; port 0 = any free one
 * @param drain over how long clients are sent away before the process ends
 */
public record GatewayConfig(
        TokenSettings tokens,
        DeliverySettings delivery,
        RedisSettings redis,
        ConversationSettings conversation,
        SocketSettings sockets,
        InetSocketAddress management,
        Duration drain) {

    private static final String DEFAULT_ORIGINS = "http://localhost:8080,http://127.0.0.1:8080";
    private static final String LOOPBACK = "127.0.0.1";

    /**
     * Reads {@code BELFRY_…}.
     *
     * @throws IllegalArgumentException naming the variable that is wrong
     */
    public static GatewayConfig fromEnvironment(Map<String, String> environment) {
        Settings settings = new Settings(environment);
        boolean demo = settings.flag("BELFRY_DEMO");
        if (demo && settings.isProduction()) {
            throw new IllegalArgumentException("BELFRY_DEMO must not be true when BELFRY_PROFILE is production");
        }
        if (!List.of("text", "json").contains(settings.text("BELFRY_LOG_FORMAT", "text"))) {
            throw new IllegalArgumentException("BELFRY_LOG_FORMAT must be text or json");
        }
        TokenSettings tokens = TokenSettings.fromEnvironment(environment);
        Duration heartbeat = settings.seconds("BELFRY_GATEWAY_HEARTBEAT_SECONDS", 25, 1, 600);
        InetAddress address =
                settings.parsed("BELFRY_GATEWAY_ADDRESS", demo ? LOOPBACK : "0.0.0.0", GatewayConfig::address);
        return new GatewayConfig(
                tokens,
                new DeliverySettings(
                        settings.text("BELFRY_KAFKA_BOOTSTRAP", "127.0.0.1:19092"),
                        new Topics(settings.text("BELFRY_KAFKA_TOPIC_PREFIX", "")),
                        Duration.ofSeconds(30)),
                settings.parsed(
                        "BELFRY_REDIS_URL",
                        "redis://127.0.0.1:16379",
                        urls -> RedisSettings.of(
                                urls, settings.integer("BELFRY_GATEWAY_MAX_SESSIONS_PER_USER", 20, 1, 10_000))),
                new ConversationSettings(
                        heartbeat,
                        settings.seconds("BELFRY_CHECK_SECONDS", 60, 1, 86_400),
                        settings.seconds("BELFRY_GATEWAY_AUTHENTICATION_SECONDS", 5, 1, 60),
                        tokens.clockSkew()),
                new SocketSettings(
                        new InetSocketAddress(address, settings.integer("BELFRY_GATEWAY_PORT", 8090, 0, 65_535)),
                        Set.copyOf(settings.list("BELFRY_GATEWAY_ORIGINS", DEFAULT_ORIGINS)),
                        settings.parsed("BELFRY_TRUSTED_PROXIES", "", TrustedProxies::of),
                        settings.integer("BELFRY_GATEWAY_MAX_PER_IP", 10_000, 1, Integer.MAX_VALUE),
                        8 * 1024,
                        1024 * 1024,
                        120,
                        Duration.ofSeconds(60),
                        heartbeat,
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(4),
                        Duration.ofMillis(500)),
                new InetSocketAddress(address, settings.integer("BELFRY_GATEWAY_MANAGEMENT_PORT", 8091, 0, 65_535)),
                settings.seconds("BELFRY_GATEWAY_DRAIN_SECONDS", 10, 0, 15));
    }

    private static InetAddress address(String host) {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("is no address of this machine", e);
        }
    }
}
