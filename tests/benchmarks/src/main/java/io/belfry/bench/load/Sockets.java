package io.belfry.bench.load;

import io.belfry.kit.contract.Json;
import io.belfry.localstack.process.ProcessFailedException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Open WebSockets of one process of {@code wsload}, and what comes in on them. One command at a time. */
public final class Sockets implements AutoCloseable {

    private final Process process;
    private final BufferedReader answers;
    private final OutputStream commands;
    private final int connected;
    private final double connectSeconds;

    private Sockets(Process process) throws IOException {
        this.process = process;
        this.answers = process.inputReader(StandardCharsets.UTF_8);
        this.commands = process.getOutputStream();
        JsonNode opened = answer();
        this.connected = opened.path("connected").intValue();
        this.connectSeconds = opened.path("seconds").doubleValue();
    }

    /**
     * Opens them all.
     *
     * @param core that the process is bound to; below 0 = any
     * @throws ProcessFailedException if one of them is refused
     */
    public static Sockets open(CPrograms programs, int core, int port, int count, String... more) {
        List<String> arguments = new ArrayList<>(List.of("-p", String.valueOf(port), "-n", String.valueOf(count)));
        arguments.addAll(List.of(more));
        try {
            Sockets sockets = new Sockets(new ProcessBuilder(programs.command(core, "wsload", arguments))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start());
            if (sockets.connected < count) {
                sockets.close();
                throw new ProcessFailedException(sockets.connected + " of " + count + " sockets are open");
            }
            return sockets;
        } catch (IOException e) {
            throw new ProcessFailedException("wsload cannot be run: " + e.getMessage(), e);
        }
    }

    public long pid() {
        return process.pid();
    }

    /** From the first connection to the last upgrade. */
    public double connectSeconds() {
        return connectSeconds;
    }

    /**
     * When frames came; moments are those of {@link System#nanoTime}.
     *
     * @param missing sockets that did not get all of theirs in time
     * @param first frame of all sockets
     * @param last frame of the last socket
     */
    public record Arrivals(int received, int missing, long first, long median, long p99, long last, JsonNode all) {

        /** Milliseconds. */
        public double lastAfter(long moment) {
            return (last - moment) / 1e6;
        }

        /** Milliseconds. */
        public double firstAfter(long moment) {
            return (first - moment) / 1e6;
        }
    }

    /** Waits until each socket got so many frames that the action brings about. */
    public Arrivals during(int frames, Duration wait, Runnable action) {
        say("frames " + frames + " " + wait.toMillis() + "\n", new byte[0]);
        expectArmed();
        action.run();
        return arrivals(answer());
    }

    /** As {@link #during}: a request over HTTP brings them about. {@code sent}, {@code answered}, {@code status} are told too. */
    public Arrivals post(int frames, Duration wait, int port, byte[] request) {
        say("post %d %d %d %d%n".formatted(frames, wait.toMillis(), port, request.length), request);
        return arrivals(answer());
    }

    /** For so long: how late each frame is by the stamp in it. */
    public JsonNode delays(Duration time) {
        say("delays " + time.toMillis() + "\n", new byte[0]);
        return answer();
    }

    public void idle(Duration time) {
        say("idle " + time.toMillis() + "\n", new byte[0]);
        answer();
    }

    /** Waits until all sockets were lost by the action and are open again at that port. */
    public JsonNode back(int port, Duration wait, Runnable action) {
        say("back " + port + " " + wait.toMillis() + "\n", new byte[0]);
        expectArmed();
        action.run();
        return answer();
    }

    private static Arrivals arrivals(JsonNode answer) {
        return new Arrivals(
                answer.path("received").intValue(),
                answer.path("missing").intValue(),
                answer.path("first").longValue(0),
                answer.path("p50").longValue(0),
                answer.path("p99").longValue(0),
                answer.path("last").longValue(0),
                answer);
    }

    private void say(String command, byte[] more) {
        try {
            commands.write(command.getBytes(StandardCharsets.US_ASCII));
            commands.write(more);
            commands.flush();
        } catch (IOException e) {
            throw new ProcessFailedException("wsload has ended", e);
        }
    }

    private void expectArmed() {
        if (!line().equals("armed")) {
            throw new ProcessFailedException("wsload does not listen");
        }
    }

    private JsonNode answer() {
        return Json.parse(line());
    }

    private String line() {
        try {
            String line = answers.readLine();
            if (line == null) {
                throw new ProcessFailedException("wsload has ended");
            }
            return line;
        } catch (IOException e) {
            throw new ProcessFailedException("wsload has ended", e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
