package io.belfry.localstack.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.localstack.process.Ports;
import io.belfry.localstack.system.Checkout;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script as a person calls it, where nothing has to be up. */
class DevScriptIT {

    @TempDir
    private Path folder;

    private record Outcome(int exitCode, String output, String errors) {}

    @Test
    void unknownWordsAreAnsweredWithTheUsage() throws Exception {
        Outcome outcome = dev(Map.of(), "fly");

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.errors()).startsWith("usage: ./dev <command>");
        assertThat(outcome.output()).isEmpty();
    }

    @Test
    void helpIsNoError() throws Exception {
        Outcome outcome = dev(Map.of(), "help");

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.output()).startsWith("usage: ./dev <command>");
    }

    @Test
    void downWithNothingUpIsNoError() throws Exception {
        Outcome outcome = dev(Map.of(), "down");

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.output()).isEqualTo("Nothing is up.\n");
    }

    @Test
    void wronglyCalledCommandsSayHowTheyAreCalled() throws Exception {
        for (List<String> call : List.of(
                List.of("token"),
                List.of("listen"),
                List.of("send", "only a title"),
                List.of("send", "--as"),
                List.of("send", "--course", "algebra", "title", "message"))) {
            Outcome outcome = dev(Map.of(), call.toArray(String[]::new));

            assertThat(outcome.exitCode()).as("%s", call).isEqualTo(2);
            assertThat(outcome.errors())
                    .as("%s", call)
                    .contains("./dev " + call.get(0))
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void saysInOneLineThatNothingIsUp() throws Exception {
        Outcome outcome = dev(Map.of("BELFRY_API_PORT", String.valueOf(Ports.free())), "token", "ines");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.errors()).contains("is ./dev up running?").hasLineCount(1);
    }

    @Test
    void resetForgetsTheFolder() throws Exception {
        Path local = Files.createDirectory(folder.resolve("local"));
        Files.writeString(local.resolve("data"), "old");

        Outcome outcome = dev(Map.of("BELFRY_LOCAL_FOLDER", local.toString()), "reset");

        assertThat(outcome.exitCode()).isZero();
        assertThat(local).doesNotExist();
    }

    @Test
    void upWithTakenPortsIsOneClearLineAndStartsNothing() throws Exception {
        try (ServerSocket loopback = new ServerSocket(Ports.free(), 1, InetAddress.getLoopbackAddress());
                ServerSocket everywhere = new ServerSocket(Ports.free())) {
            Map<String, String> environment = new HashMap<>();
            LocalSettings.from(Map.of())
                    .ports()
                    .keySet()
                    .forEach(variable -> environment.put(variable, String.valueOf(Ports.free())));
            environment.put("BELFRY_API_PORT", String.valueOf(loopback.getLocalPort()));
            environment.put("BELFRY_GATEWAY_PORT", String.valueOf(everywhere.getLocalPort()));

            Outcome outcome = stack(environment, "up");

            assertThat(outcome.exitCode()).isEqualTo(1);
            assertThat(outcome.errors())
                    .isEqualTo("In use by another program: port %d (BELFRY_API_PORT), %d (BELFRY_GATEWAY_PORT)."
                                    .formatted(loopback.getLocalPort(), everywhere.getLocalPort())
                            + " Stop that program, or set another port by the variable.\n");
            assertThat(folder.resolve("local/postgres")).doesNotExist();
        }
    }

    /** The script itself: it builds, so only commands that need no build. */
    private Outcome dev(Map<String, String> environment, String... arguments) throws Exception {
        Path script = Checkout.current().root().resolve("dev");
        return run(environment, concat(List.of(script.toString()), arguments));
    }

    /** What the script starts once all is built. */
    private Outcome stack(Map<String, String> environment, String... arguments) throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return run(environment, concat(List.of(java, "-cp", classPath, LocalStackMain.class.getName()), arguments));
    }

    private Outcome run(Map<String, String> environment, List<String> command) throws Exception {
        Path output = folder.resolve("output");
        Path errors = folder.resolve("errors");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(output.toFile()).redirectError(errors.toFile());
        builder.environment().put("BELFRY_LOCAL_FOLDER", folder.resolve("local").toString());
        builder.environment().putAll(environment);
        Process process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("%s ends", command).isTrue();
        return new Outcome(process.exitValue(), Files.readString(output), Files.readString(errors));
    }

    private static List<String> concat(List<String> first, String... rest) {
        return Stream.concat(first.stream(), Arrays.stream(rest)).toList();
    }
}
