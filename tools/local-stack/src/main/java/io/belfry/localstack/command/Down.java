package io.belfry.localstack.command;

import io.belfry.localstack.process.ProcessFailedException;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks a running stack to stop, and waits until it has. */
final class Down {

    private static final long WITHIN_SECONDS = 90;

    private final LocalSettings settings;

    Down(LocalSettings settings) {
        this.settings = settings;
    }

    int run() {
        Optional<ProcessHandle> holder = LocalFolder.holder(settings.folder());
        if (holder.isEmpty()) {
            System.out.println("Nothing is up.");
            return 0;
        }
        holder.get().destroy();
        try {
            holder.get().onExit().get(WITHIN_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new ProcessFailedException(
                    "It does not stop; its process is " + holder.get().pid(), e);
        } catch (InterruptedException | ExecutionException e) {
            throw new ProcessFailedException("interrupted", e);
        }
        System.out.println("Stopped.");
        return 0;
    }
}
