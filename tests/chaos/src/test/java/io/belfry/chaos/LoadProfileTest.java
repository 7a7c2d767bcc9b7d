package io.belfry.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.belfry.chaos.harness.Trial;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

class LoadProfileTest {

    @Test
    void isAllTrialsUnlessToldOtherwise() {
        LoadProfile profile = profile();

        assertThat(promises(profile)).isEqualTo(promises(Trials.all()));
        assertThat(profile.scale().factor()).isEqualTo(LoadProfile.DEFAULT_FACTOR);
        assertThat(profile.leftOut(Trials.all())).isEmpty();
    }

    @Test
    void isInTheOrderOfNumbersWhateverWasNamedFirst() {
        LoadProfile profile = profile("p13", "--factor", "0.2", "P2", "P2");

        assertThat(promises(profile)).containsExactly("P2", "P13");
        assertThat(profile.scale().factor()).isEqualTo(0.2);
        assertThat(promises(profile.leftOut(Trials.all())))
                .hasSize(Trials.all().size() - 2)
                .doesNotContain("P2", "P13");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"P2 P99", "P", "--faktor", "--factor", "--factor x", "--factor 0", "--factor 1.5", "--factor NaN"
            })
    void isRefusedWholeWhenAnyOfItIsUnknown(String words) {
        assertThatThrownBy(() -> profile(words.split(" "))).isInstanceOf(ParameterException.class);
    }

    private static LoadProfile profile(String... words) {
        CommandLine command = ChaosMain.commandLine();
        command.parseArgs(words);
        ChaosMain chaos = command.getCommand();
        return chaos.profile();
    }

    private static List<String> promises(LoadProfile profile) {
        return promises(profile.trials());
    }

    private static List<String> promises(List<Trial> trials) {
        return trials.stream().map(Trial::promise).toList();
    }
}
