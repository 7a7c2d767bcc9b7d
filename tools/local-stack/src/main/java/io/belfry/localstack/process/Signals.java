package io.belfry.localstack.process;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/** Sends signals through the shell's own {@code kill}: the JDK knows TERM and KILL only, and not every machine has the program. */
final class Signals {

    private Signals() {}

    /** Processes that are gone are passed over. */
    static void send(String signal, List<Long> pids) {
        String targets = pids.stream().map(String::valueOf).collect(Collectors.joining(" "));
        try {
            new ProcessBuilder("sh", "-c", "kill -" + signal + " " + targets + " 2>/dev/null")
                    .inheritIO()
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new ProcessFailedException("no shell to send a signal with: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProcessFailedException("interrupted while sending a signal", e);
        }
    }
}
