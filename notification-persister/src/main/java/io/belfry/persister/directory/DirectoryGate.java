package io.belfry.persister.directory;

import java.time.Duration;

/** Whether the directory knows what the platform has told. */
public interface DirectoryGate {

    /**
     * Waits until everything that is in the platform's topics at this moment is applied, by whichever persister.
     *
     * @param limit at most about that long
     * @return whether it is
     * @throws RuntimeException if broker or database do not answer
     */
    boolean awaitCaughtUp(Duration limit);
}
