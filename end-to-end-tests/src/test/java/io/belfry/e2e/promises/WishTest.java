package io.belfry.e2e.promises;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WishTest {

    @Test
    void isAllTrialsUnlessToldOtherwise() {
        Wish wish = Wish.of(List.of());

        assertThat(promises(wish)).isEqualTo(promises(Trials.all()));
        assertThat(wish.scale().factor()).isEqualTo(Wish.DEFAULT_FACTOR);
        assertThat(wish.leftOut(Trials.all())).isEmpty();
    }

    @Test
    void isInTheOrderOfNumbersWhateverWasNamedFirst() {
        Wish wish = Wish.of(List.of("p13", "--factor", "0.2", "P2", "P2"));

        assertThat(promises(wish)).containsExactly("P2", "P13");
        assertThat(wish.scale().factor()).isEqualTo(0.2);
        assertThat(promises(wish.leftOut(Trials.all())))
                .hasSize(Trials.all().size() - 2)
                .doesNotContain("P2", "P13");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"P2 P99", "P", "--faktor", "--factor", "--factor x", "--factor 0", "--factor 1.5", "--factor NaN"
            })
    void isRefusedWholeWhenAnyOfItIsUnknown(String words) {
        assertThatThrownBy(() -> Wish.of(List.of(words.split(" ")))).isInstanceOf(IllegalArgumentException.class);
    }

    private static List<String> promises(Wish wish) {
        return promises(wish.trials());
    }

    private static List<String> promises(List<Trial> trials) {
        return trials.stream().map(Trial::promise).toList();
    }
}
