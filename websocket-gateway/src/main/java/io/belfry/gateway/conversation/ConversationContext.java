package io.belfry.gateway.conversation;

import io.belfry.gateway.commands.CommandPublisher;
import java.time.Clock;

/**
 * What all conversations of a gateway share.
 *
 * @param gateway this process's name; part of every session's name
 */
public record ConversationContext(
        String gateway, Admission admission, CommandPublisher commands, ConversationSettings settings, Clock clock) {}
