package io.belfry.gateway.transport;

import io.belfry.runtime.network.TrustedProxies;
import io.belfry.runtime.tls.ServerCertificate;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The socket door.
 *
 * @param address where to listen; port 0 = any free one
 * @param certificate null = without TLS
 * @param origins exactly these are let in; a client without an Origin is no browser and is let in too
 * @param trustedProxies whose X-Forwarded-For is believed
 * @param maxPerAddress sockets of one client address
 * @param maxAcceptsPerSecond handshakes let in within a second, over all addresses; 0 = no limit
 * @param maxMessageBytes of a client's message, fragments together
 * @param maxOutboundBytes that may wait for one client
 * @param maxFrames a client may send in {@code framesWindow}
 * @param heartbeat between pings
 * @param handshakeTimeout from the TCP connection to an answered handshake
 * @param closeTimeout from our close frame to the end of the TCP connection
 * @param sweep how often deadlines are looked at
 */
public record SocketSettings(
        InetSocketAddress address,
        @Nullable ServerCertificate certificate,
        Set<String> origins,
        TrustedProxies trustedProxies,
        int maxPerAddress,
        int maxAcceptsPerSecond,
        int maxMessageBytes,
        int maxOutboundBytes,
        int maxFrames,
        Duration framesWindow,
        Duration heartbeat,
        Duration handshakeTimeout,
        Duration closeTimeout,
        Duration sweep) {

    public SocketSettings {
        origins = Set.copyOf(origins);
    }
}
