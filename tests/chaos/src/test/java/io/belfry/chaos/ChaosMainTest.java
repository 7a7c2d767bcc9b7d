package io.belfry.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.belfry.chaos.harness.Trial;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

class ChaosMainTest {

    @Test
    void triesAllUnlessToldOtherwise() {
        ChaosMain chaos = told();

        assertThat(promises(chaos.trials())).isEqualTo(promises(Trials.all()));
        assertThat(chaos.scale().factor()).isEqualTo(ChaosMain.DEFAULT_FACTOR);
    }

    @Test
    void triesInTheOrderOfNumbersWhateverWasNamedFirst() {
        ChaosMain chaos = told("p13", "--factor", "0.2", "P2", "P2");

        assertThat(promises(chaos.trials())).containsExactly("P2", "P13");
        assertThat(chaos.scale().factor()).isEqualTo(0.2);
        assertThat(promises(Trials.all()))
                .isSortedAccordingTo(
                        (one, other) -> Integer.parseInt(one.substring(1)) - Integer.parseInt(other.substring(1)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"P2 P99", "P", "--faktor", "--factor", "--factor x", "--factor 0", "--factor 1.5", "--factor NaN"
            })
    void refusesAllWhenAnyOfItIsUnknown(String words) {
        assertThatThrownBy(() -> {
                    ChaosMain chaos = told(words.split(" "));
                    chaos.scale();
                    chaos.trials();
                })
                .isInstanceOf(ParameterException.class);
    }

    @Test
    void reportsEveryTrialThatHasNotRunAndWhereItWasInterrupted() {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        ChaosMain chaos = told("P2", "P6");
        Run run = new Run(chaos.scale(), chaos.trials(), new PrintStream(printed, true, StandardCharsets.UTF_8));

        run.report();
        run.report();

        String text = printed.toString(StandardCharsets.UTF_8);
        assertThat(text.lines().filter(line -> line.endsWith("| not run |")))
                .hasSize(2)
                .anyMatch(line -> line.startsWith("| P2 |"))
                .anyMatch(line -> line.startsWith("| P6 |"));
        assertThat(text)
                .containsOnlyOnce("Not asked for: P1, P3")
                .contains("0 of 2 trials run")
                .containsPattern(
                        "times 0\\.05\\. \\d+ \\p{L}+ \\d{4}, \\d\\d:\\d\\d UTC, 0\\.0 minutes\\. Machine: \\d+ cores, load average -?\\d");
    }

    private static ChaosMain told(String... words) {
        CommandLine command = ChaosMain.commandLine();
        command.parseArgs(words);
        return command.getCommand();
    }

    private static List<String> promises(List<Trial> trials) {
        return trials.stream().map(Trial::promise).toList();
    }
}
