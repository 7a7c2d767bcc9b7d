package io.belfry.bench.load;

import io.belfry.kit.contract.Json;
import io.belfry.localstack.process.ProcessFailedException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/** The load programs, which are in C so that they take less of the machine than what they measure. */
public final class CPrograms {

    private final Path folder;

    private CPrograms(Path folder) {
        this.folder = folder;
    }

    /** @throws ProcessFailedException without a C compiler */
    public static CPrograms compiledIn(Path folder) {
        try {
            Files.createDirectories(folder);
            for (String file : List.of("load.h", "wsload.c", "httpload.c", "rawfanout.c")) {
                try (InputStream source = Objects.requireNonNull(CPrograms.class.getResourceAsStream("/c/" + file))) {
                    Files.copy(source, folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
                }
            }
            for (String name : List.of("wsload", "httpload", "rawfanout")) {
                run(List.of("cc", "-O2", "-o", name, name + ".c"), folder);
            }
        } catch (IOException e) {
            throw new ProcessFailedException("the load programs cannot be compiled: " + e.getMessage(), e);
        }
        return new CPrograms(folder);
    }

    private static void run(List<String> command, Path folder) throws IOException {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .inheritIO()
                .start();
        if (process.onExit().join().exitValue() != 0) {
            throw new IOException(command + " failed");
        }
    }

    /**
     * The command of one of them.
     *
     * @param core that it is bound to; below 0 = any
     */
    List<String> command(int core, String name, List<String> arguments) {
        List<String> command = new ArrayList<>(core < 0 ? List.of() : List.of("taskset", "-c", String.valueOf(core)));
        command.add(folder.resolve(name).toString());
        command.addAll(arguments);
        return command;
    }

    /** Runs one to its end and returns what it printed. */
    String output(int core, String name, List<String> arguments) {
        try {
            Process process = new ProcessBuilder(command(core, name, arguments))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.onExit().join().exitValue() != 0) {
                throw new ProcessFailedException(name + " " + arguments + " failed");
            }
            return output;
        } catch (IOException e) {
            throw new ProcessFailedException(name + " cannot be run: " + e.getMessage(), e);
        }
    }

    /** The floor of a fan-out: microseconds of CPU a send, and milliseconds until the last was received, of each round. */
    public RawFanOut rawFanOut(int sockets, int rounds, int bytes) {
        JsonNode printed = Json.parse(output(
                -1, "rawfanout", List.of(String.valueOf(sockets), String.valueOf(rounds), String.valueOf(bytes))));
        return new RawFanOut(
                printed.path("micros")
                        .valueStream()
                        .mapToDouble(each -> each.doubleValue())
                        .toArray(),
                printed.path("millis")
                        .valueStream()
                        .mapToDouble(each -> each.doubleValue())
                        .toArray());
    }

    /** A value for each round. */
    @SuppressWarnings("ArrayRecordComponent")
    public record RawFanOut(double[] microsPerSend, double[] lastMillis) {}
}
