package io.belfry.gateway.transport.handshake;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * Who is at the other end, as far as the handshake tells.
 *
 * @param address the client's, behind proxies that are trusted
 * @param origin one of the allowed; null = no browser
 */
public record Peer(InetAddress address, @Nullable String origin) {

    @Override
    public String toString() {
        return address.getHostAddress() + (origin == null ? "" : " from " + origin);
    }
}
