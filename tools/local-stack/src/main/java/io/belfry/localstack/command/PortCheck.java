package io.belfry.localstack.command;

import io.belfry.localstack.process.Ports;
import io.belfry.localstack.process.ProcessFailedException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Finds ports that another program has before anything is started on them. */
final class PortCheck {

    private PortCheck() {}

    /**
     * @param patience how long a port may still be held, by a former run that is being cleaned up
     * @throws ProcessFailedException naming every port that is taken and the variable that sets it
     */
    static void requireFree(Map<String, Integer> ports, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        List<Map.Entry<String, Integer>> taken = taken(ports);
        while (!taken.isEmpty() && System.nanoTime() < deadline) {
            pause();
            taken = taken(ports);
        }
        if (!taken.isEmpty()) {
            String list = taken.stream()
                    .map(entry -> entry.getValue() + " (" + entry.getKey() + ")")
                    .collect(Collectors.joining(", "));
            throw new ProcessFailedException("In use by another program: port " + list
                    + ". Stop that program, or set another port by the variable.");
        }
    }

    private static List<Map.Entry<String, Integer>> taken(Map<String, Integer> ports) {
        return ports.entrySet().stream()
                .filter(entry -> !Ports.isFree(entry.getValue()))
                .toList();
    }

    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProcessFailedException("interrupted", e);
        }
    }
}
