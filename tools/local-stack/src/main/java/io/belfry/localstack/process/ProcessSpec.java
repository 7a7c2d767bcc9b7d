package io.belfry.localstack.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How a child process is run.
 *
 * @param command     program and arguments
 * @param environment set for it; of the parent's environment everything but {@code BELFRY_*} is inherited, so that a
 *                    service knows the settings given here and no others
 * @param folder      its working directory
 * @param log         receives both outputs, appended to
 * @param stopSignal  the signal (without {@code SIG}) that asks it to stop
 * @param startWithin the longest time from start to ready
 * @param stopWithin  the longest time from that signal to its end, after which it is killed
 */
public record ProcessSpec(
        String name,
        List<String> command,
        Map<String, String> environment,
        Path folder,
        Path log,
        String stopSignal,
        Duration startWithin,
        Duration stopWithin) {

    public ProcessSpec {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }
}
