package io.belfry.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.chaos.harness.Scale;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunTest {

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);

    @Test
    void namesEveryTrialThatHasNotRunWhenItIsInterrupted() {
        Run run = new Run(LoadProfile.of(new Scale(LoadProfile.DEFAULT_FACTOR), List.of("P2", "P6")), out);

        run.interrupted();
        run.interrupted();

        assertThat(text().lines().filter(line -> line.endsWith("| not run |")))
                .hasSize(2)
                .anyMatch(line -> line.startsWith("| P2 |"))
                .anyMatch(line -> line.startsWith("| P6 |"));
        assertThat(text()).containsOnlyOnce("Not asked for: P1").contains("0 of 2 trials run");
    }

    @Test
    void saysWhenAndWhereItWasMade() {
        new Run(LoadProfile.of(new Scale(LoadProfile.DEFAULT_FACTOR), List.of("P2")), out).interrupted();

        assertThat(text())
                .containsPattern(
                        "times 0\\.05\\. \\d+ \\p{L}+ \\d{4}, \\d\\d:\\d\\d UTC, 0\\.0 minutes\\. Machine: \\d+ cores, load average -?\\d");
    }

    private String text() {
        return printed.toString(StandardCharsets.UTF_8);
    }
}
