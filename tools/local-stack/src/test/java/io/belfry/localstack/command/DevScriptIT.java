package io.belfry.localstack.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.localstack.process.Ports;
import io.belfry.localstack.system.Checkout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
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

    /** The script itself: it builds, so only commands that need no build. */
    private Outcome dev(Map<String, String> environment, String... arguments) throws Exception {
        Path output = folder.resolve("output");
        Path errors = folder.resolve("errors");
        List<String> command = new ArrayList<>(List.of(arguments));
        command.add(0, Checkout.current().root().resolve("dev").toString());
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(output.toFile()).redirectError(errors.toFile());
        builder.environment().put("BELFRY_LOCAL_FOLDER", folder.resolve("local").toString());
        builder.environment().putAll(environment);
        Process process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("%s ends", command).isTrue();
        return new Outcome(process.exitValue(), Files.readString(output), Files.readString(errors));
    }
}
