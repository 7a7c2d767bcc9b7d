package io.belfry.gateway.transport;

import io.belfry.gateway.conversation.ConversationContext;
import io.belfry.gateway.ops.GatewayMetrics;
import io.belfry.gateway.transport.handshake.AcceptRate;
import io.belfry.gateway.transport.handshake.AddressLimit;
import io.belfry.gateway.transport.handshake.HandshakeRules;
import java.util.function.BooleanSupplier;

/**
 * What all sockets of a gateway share.
 *
 * @param open whether new sockets are let in now
 */
record SocketContext(
        SocketSettings settings,
        ConversationContext conversations,
        HandshakeRules rules,
        AddressLimit addresses,
        AcceptRate rate,
        GatewayMetrics metrics,
        BooleanSupplier open) {}
