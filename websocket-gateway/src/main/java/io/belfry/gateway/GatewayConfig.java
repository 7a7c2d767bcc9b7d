package io.belfry.gateway;

import io.belfry.access.TokenSettings;
import io.belfry.events.names.Topics;
import io.belfry.events.names.UserShard;
import io.belfry.gateway.conversation.ConversationContext;
import io.belfry.gateway.delivery.EventDelivery.DeliverySettings;
import io.belfry.gateway.transport.SocketSettings;
import io.belfry.runtime.kafka.KafkaAccess;
import io.belfry.runtime.logging.LogFormat;
import io.belfry.runtime.network.TrustedProxies;
import io.belfry.runtime.redis.RedisAddresses;
import io.belfry.runtime.settings.Failpoints;
import io.belfry.runtime.settings.Failpoints.Point;
import io.belfry.runtime.settings.Variables;
import io.belfry.runtime.tls.ServerCertificate;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/**
 * All settings of a gateway. One environment variable each; the module's README lists them with their units.
 *
 * @param failpoints faults to be made on purpose; none in production
 * @param sessionsPerUser most sessions that a user has over all gateways
 * @param management where health and metrics are served; port 0 = any free one
 * @param drain over how long clients are sent away before the process ends
 */
public record GatewayConfig(
        TokenSettings tokens,
        DeliverySettings delivery,
        Failpoints failpoints,
        RedisAddresses redis,
        int sessionsPerUser,
        ConversationContext.Settings conversation,
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
        Variables variables = new Variables(environment);
        boolean production =
                variables.choice("BELFRY_PROFILE", "", "production").equals("production");
        boolean demo = variables.flag("BELFRY_DEMO", false);
        if (demo && production) {
            throw Variables.invalid("BELFRY_DEMO", "must not be true when BELFRY_PROFILE is production");
        }
        LogFormat.check(variables);
        TokenSettings tokens = TokenSettings.fromEnvironment(environment);
        Failpoints failpoints = Failpoints.of(variables);
        Duration heartbeat = variables.seconds("BELFRY_GATEWAY_HEARTBEAT_SECONDS", 25, 1, 600);
        InetAddress address =
                variables.parsed("BELFRY_GATEWAY_ADDRESS", demo ? LOOPBACK : "0.0.0.0", GatewayConfig::address);
        return new GatewayConfig(
                tokens,
                new DeliverySettings(
                        KafkaAccess.of(variables),
                        new Topics(variables.text("BELFRY_KAFKA_TOPIC_PREFIX", "")),
                        variables.parsed("BELFRY_GATEWAY_SHARD", "0/1", UserShard::parse),
                        Duration.ofSeconds(30),
                        failpoints.isSet(Point.DROP_FRAMES) ? failpoints.at(Point.DROP_FRAMES) : null),
                failpoints,
                RedisAddresses.of(variables),
                variables.number("BELFRY_GATEWAY_MAX_SESSIONS_PER_USER", 20, 1, 10_000),
                new ConversationContext.Settings(
                        heartbeat,
                        variables.seconds("BELFRY_CHECK_SECONDS", 60, 1, 86_400),
                        variables.seconds("BELFRY_GATEWAY_AUTHENTICATION_SECONDS", 5, 1, 60),
                        tokens.clockSkew()),
                new SocketSettings(
                        new InetSocketAddress(address, variables.number("BELFRY_GATEWAY_PORT", 8090, 0, 65_535)),
                        ServerCertificate.of(variables, "BELFRY_GATEWAY_TLS_CERTIFICATE", "BELFRY_GATEWAY_TLS_KEY"),
                        Set.copyOf(variables.list("BELFRY_GATEWAY_ORIGINS", DEFAULT_ORIGINS)),
                        variables.parsed("BELFRY_TRUSTED_PROXIES", "", TrustedProxies::of),
                        variables.number("BELFRY_GATEWAY_MAX_PER_IP", 10_000, 1, Integer.MAX_VALUE),
                        variables.number("BELFRY_GATEWAY_MAX_ACCEPTS_PER_SECOND", 500, 0, 100_000),
                        8 * 1024,
                        1024 * 1024,
                        120,
                        Duration.ofSeconds(60),
                        heartbeat,
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(4),
                        Duration.ofMillis(500)),
                new InetSocketAddress(
                        variables.parsed(
                                "BELFRY_GATEWAY_MANAGEMENT_ADDRESS", address.getHostAddress(), GatewayConfig::address),
                        variables.number("BELFRY_GATEWAY_MANAGEMENT_PORT", 8091, 0, 65_535)),
                variables.seconds("BELFRY_GATEWAY_DRAIN_SECONDS", 10, 0, 15));
    }

    private static InetAddress address(String host) {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("is no address of this machine", e);
        }
    }
}
