package io.belfry.gateway.conversation;

import java.time.Duration;

/**
 * How a conversation is held.
 *
 * @param heartbeat between pings; told to the client in whole seconds
 * @param check how often a client should ask whether it missed something; told to the client in whole seconds
 * @param authenticationTimeout from the handshake to a token
 * @param clockSkew how long a socket outlives its token's {@code exp}
 */
public record ConversationSettings(
        Duration heartbeat, Duration check, Duration authenticationTimeout, Duration clockSkew) {}
