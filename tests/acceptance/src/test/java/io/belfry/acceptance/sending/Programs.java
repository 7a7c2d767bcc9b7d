package io.belfry.acceptance.sending;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** Programs that are not Java and that this machine may have. */
public final class Programs {

    /** Set where every program that the tests can use is installed, so that a test left out there is a failure. */
    private static final boolean ALL_INSTALLED = "true".equals(System.getenv("BELFRY_TEST_ALL_TOOLS"));

    private Programs() {}

    /** Leaves the test out where the command does not work, unless everything has to be there. */
    public static void require(String... command) throws IOException, InterruptedException {
        boolean works;
        try {
            works = run("", command) == 0;
        } catch (IOException notThere) {
            works = false;
        }
        if (ALL_INSTALLED) {
            assertThat(works).as("%s works", List.of(command)).isTrue();
        }
        Assumptions.assumeTrue(works, () -> String.join(" ", command) + " does not work on this machine");
    }

    /** Runs to the end and returns the exit code. */
    public static int run(String input, String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (Writer in = process.outputWriter(StandardCharsets.UTF_8)) {
            in.write(input);
        }
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS))
                .as("%s ends", List.of(command))
                .isTrue();
        if (process.exitValue() != 0) {
            System.out.println(said);
        }
        return process.exitValue();
    }
}
