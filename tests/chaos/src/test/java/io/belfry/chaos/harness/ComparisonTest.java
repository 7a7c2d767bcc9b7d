package io.belfry.chaos.harness;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.chaos.harness.Comparison.Kind;
import io.belfry.kit.database.Item;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A comparison that finds nothing would keep every promise. */
class ComparisonTest {

    private final Comparison comparison = new Comparison();

    private static Item item(long seq, String title) {
        return new Item(0, seq, false, title);
    }

    private Comparison of(Set<String> due, Set<String> possible, Item... additions) {
        return of(additions.length, 0, due, possible, additions);
    }

    private Comparison of(long seq, int changes, Set<String> due, Set<String> possible, Item... additions) {
        comparison.entries(7, List.of(additions), seq, changes, due, possible);
        return comparison;
    }

    @Test
    void findsNothingWhereAllIsWell() {
        Comparison compared = of(Set.of("a"), Set.of("a", "maybe"), item(2, "maybe"), item(1, "a"));
        assertThat(compared.failures()).isEmpty();
    }

    @Test
    void findsWhatIsLost() {
        Comparison compared = of(Set.of("a", "b"), Set.of("a", "b"), item(1, "a"));
        assertThat(compared.count(Kind.LOST)).isEqualTo(1);
        assertThat(compared.failures()).contains("user 7 has not got b");
    }

    @Test
    void findsWhatIsThereTwice() {
        Comparison compared = of(Set.of("a"), Set.of("a"), item(2, "a"), item(1, "a"));
        assertThat(compared.count(Kind.DUPLICATED)).isEqualTo(1);
        assertThat(compared.failures()).contains("user 7 has a twice");
    }

    @Test
    void findsWhatWasNeverSent() {
        assertThat(of(Set.of(), Set.of("a"), item(1, "b")).failures()).contains("user 7 has b, which was never sent");
    }

    @Test
    void findsNumbersThatAreUsedTwiceOrDoNotExist() {
        Comparison compared = of(Set.of(), Set.of("a", "b", "c"), item(4, "c"), item(1, "b"), item(1, "a"));
        assertThat(compared.count(Kind.OUT_OF_ORDER))
                .isEqualTo(4); // 4 and the second 1, for which nothing took 2 and 3
        assertThat(compared.failures()).isNotEmpty();
    }

    @Test
    void findsNumbersThatNothingTook() {
        Comparison compared = of(5, 1, Set.of(), Set.of("a", "b"), item(5, "b"), item(1, "a"));
        assertThat(compared.count(Kind.OUT_OF_ORDER)).isEqualTo(2);
        assertThat(compared.failures()).contains("user 7 has 2 numbers that nothing took");
    }

    @Test
    void leavesToOwnChangesWhatTheyTook() {
        assertThat(of(5, 4, Set.of("a"), Set.of("a", "b"), item(5, "b"), item(1, "a"))
                        .failures())
                .isEmpty();
    }
}
