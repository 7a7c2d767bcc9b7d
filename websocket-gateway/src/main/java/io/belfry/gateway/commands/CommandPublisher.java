package io.belfry.gateway.commands;

import io.belfry.events.InboxCommand;
import java.util.concurrent.CompletionStage;

/** Hands commands on. Safe for use by many threads; never blocks. */
public interface CommandPublisher extends AutoCloseable {

    /**
     * @return completes when the command is safe on every in-sync replica; fails when that is not known, and then it may
     *     or may not be carried out. Fails with an {@link Error} if that is what was thrown
     */
    CompletionStage<Void> publish(InboxCommand command);

    /** Waits a few seconds for what is under way. */
    @Override
    void close();
}
