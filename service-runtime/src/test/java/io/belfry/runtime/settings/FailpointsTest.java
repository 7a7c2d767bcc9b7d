package io.belfry.runtime.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.belfry.runtime.settings.Failpoints.Point;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FailpointsTest {

    private static Failpoints read(String value) {
        return Failpoints.of(new Variables(Map.of("BELFRY_FAILPOINTS", value)));
    }

    @Test
    void areNoneUnlessSet() {
        assertThat(Failpoints.of(new Variables(Map.of()))).isSameAs(Failpoints.NONE);
        assertThat(read(" ")).isSameAs(Failpoints.NONE);
        assertThat(Failpoints.NONE.areSet()).isFalse();
        assertThat(Failpoints.NONE.at(Point.DROP_FRAMES).getAsBoolean()).isFalse();
    }

    @Test
    void strikeAsOftenAsTheyAreToldTo() {
        Failpoints failpoints = read("gateway.drop-frames=0.25, persister.listener-error=once");
        BooleanSupplier share = failpoints.at(Point.DROP_FRAMES);
        BooleanSupplier once = failpoints.at(Point.LISTENER_ERROR);
        assertThat(IntStream.range(0, 10_000).filter(i -> share.getAsBoolean()).count())
                .isBetween(2_000L, 3_000L);
        assertThat(IntStream.range(0, 10).filter(i -> once.getAsBoolean()).count())
                .isEqualTo(1);
        assertThat(failpoints.isSet(Point.HALT_AFTER_COMMIT)).isFalse();
        assertThat(failpoints).hasToString("[persister.listener-error, gateway.drop-frames]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "persister.halt=1",
                "gateway.drop-frames",
                "gateway.drop-frames=",
                "gateway.drop-frames=0",
                "gateway.drop-frames=1.5",
                "gateway.drop-frames=NaN",
                "gateway.drop-frames=often"
            })
    void nameTheVariableThatIsWrong(String value) {
        assertThatThrownBy(() -> read(value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("BELFRY_FAILPOINTS");
    }

    @Test
    void areRefusedInProduction() {
        Variables production =
                new Variables(Map.of("BELFRY_FAILPOINTS", "gateway.drop-frames=0.01", "BELFRY_PROFILE", "production"));
        assertThatThrownBy(() -> Failpoints.of(production))
                .hasMessage("BELFRY_FAILPOINTS must not be set when BELFRY_PROFILE is production");
    }
}
