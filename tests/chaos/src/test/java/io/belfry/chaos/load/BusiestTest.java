package io.belfry.chaos.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Any second, not only a whole one; it ends before the next begins. */
class BusiestTest {

    @ParameterizedTest
    @CsvSource({"0 600 700 1500 1600,3", "5000 0 5001,2", "0 1000,1", "'',0"})
    void isTheMostOfMomentsInAnyOrder(String millis, int most) {
        assertThat(Busiest.second(Stream.of(millis.split(" "))
                        .filter(moment -> !moment.isEmpty())
                        .map(moment -> Long.parseLong(moment) * 1_000_000)
                        .toList()))
                .isEqualTo(most);
    }
}
