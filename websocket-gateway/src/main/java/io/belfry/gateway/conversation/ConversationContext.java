package io.belfry.gateway.conversation;

import io.belfry.events.InboxCommand;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * What all conversations of a gateway share.
 *
 * @param gateway this process's name; part of every session's name
 * @param commands completes when the command is safe; fails when that is not known. Never blocks
 */
public record ConversationContext(
        String gateway,
        Admission admission,
        Function<InboxCommand, CompletionStage<Void>> commands,
        Settings settings,
        Clock clock) {

    /**
     * How a conversation is held.
     *
     * @param heartbeat between pings; told to the client in whole seconds
     * @param check how often a client should ask whether it missed something; told to the client in whole seconds
     * @param authenticationTimeout from the handshake to a token
     * @param clockSkew how long a socket outlives its token's {@code exp}
     */
    public record Settings(Duration heartbeat, Duration check, Duration authenticationTimeout, Duration clockSkew) {}
}
