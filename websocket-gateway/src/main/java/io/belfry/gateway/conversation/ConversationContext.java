package io.belfry.gateway.conversation;

import io.belfry.events.InboxCommand;
import java.time.Clock;
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
        ConversationSettings settings,
        Clock clock) {}
