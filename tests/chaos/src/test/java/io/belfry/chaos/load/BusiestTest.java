package io.belfry.chaos.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class BusiestTest {

    private static final long MILLI = 1_000_000;

    @Test
    void isAnySecondNotOnlyAWholeOne() {
        assertThat(Busiest.second(List.of(0L, 600 * MILLI, 700 * MILLI, 1_500 * MILLI, 1_600 * MILLI)))
                .isEqualTo(3);
    }

    @Test
    void takesMomentsInAnyOrder() {
        assertThat(Busiest.second(List.of(5_000 * MILLI, 0L, 5_001 * MILLI))).isEqualTo(2);
    }

    @Test
    void endsBeforeTheNextBegins() {
        assertThat(Busiest.second(List.of(0L, 1_000 * MILLI))).isEqualTo(1);
    }

    @Test
    void ofNothingIsNothing() {
        assertThat(Busiest.second(List.of())).isZero();
    }
}
