package io.belfry.gateway.transport;

import io.belfry.gateway.conversation.Doors;
import io.belfry.gateway.ops.GatewayMetrics;
import java.util.function.BooleanSupplier;

/**
 * What all sockets of a gateway share.
 *
 * @param open whether new sockets are let in now
 */
record SocketContext(
        SocketSettings settings,
        Doors doors,
        HandshakeRules rules,
        AddressLimit addresses,
        AcceptRate rate,
        GatewayMetrics metrics,
        BooleanSupplier open) {}
