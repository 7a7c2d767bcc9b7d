package io.belfry.runtime.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class VariablesTest {

    private static final List<String> WEB = List.of("http", "https");

    private static Variables with(String value) {
        return new Variables(value == null ? Map.of() : Map.of("NAME", value));
    }

    private static void assertRefused(String value, Consumer<Variables> reading, String rule) {
        assertThatThrownBy(() -> reading.accept(with(value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("NAME " + rule);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "\t\n"})
    void takesABlankVariableForAnAbsentOne(String blank) {
        Variables variables = with(blank);

        assertThat(variables.text("NAME")).isNull();
        assertThat(variables.verbatim("NAME")).isNull();
        assertThat(variables.address("NAME", WEB)).isNull();
        assertThat(variables.text("NAME", "a")).isEqualTo("a");
        assertThat(variables.number("NAME", 0, 1, 9)).isZero();
        assertThat(variables.seconds("NAME", 25, 1, 60)).isEqualTo(Duration.ofSeconds(25));
        assertThat(variables.flag("NAME", true)).isTrue();
        assertThat(variables.flag("NAME", false)).isFalse();
        assertThat(variables.choice("NAME", "", "production")).isEmpty();
        assertThat(variables.list("NAME", "a,b")).containsExactly("a", "b");
        assertThat(variables.<List<String>>parsed("NAME", "a", List::of)).containsExactly("a");
    }

    @Test
    void leavesOutTheSpaceAroundAValueButForSecrets() {
        assertThat(with(" a b\n").text("NAME")).isEqualTo("a b");
        assertThat(with(" a b\n").verbatim("NAME")).isEqualTo(" a b\n");
        assertThat(with(" 7 ").number("NAME", 1, 0, 9)).isEqualTo(7);
        assertThat(with(" true ").flag("NAME", false)).isTrue();
        assertThat(with(" json ").choice("NAME", "text", "json")).isEqualTo("json");
        assertThat(with(" , a ,, b, ").list("NAME", "c")).containsExactly("a", "b");
    }

    @Test
    void readsAFileWhereTheVariableItselfIsAbsent(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("secret"), " a b\n");
        Map<String, String> named = Map.of("NAME", "", "NAME_FILE", file.toString());

        assertThat(new Variables(named).verbatim("NAME")).isEqualTo(" a b");
        assertThat(new Variables(Map.of("NAME", "c", "NAME_FILE", "/nothing")).text("NAME"))
                .isEqualTo("c");
        for (String nothing : List.of("/nothing", folder.toString(), "\0")) {
            Variables variables = new Variables(Map.of("NAME_FILE", nothing));
            assertThatThrownBy(() -> variables.text("NAME"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("NAME_FILE must be the path of a text file that can be read");
        }
    }

    @Test
    void takesNumbersOfTheRange() {
        assertThat(with("1").number("NAME", 5, 1, 9)).isEqualTo(1);
        assertThat(with("9").number("NAME", 5, 1, 9)).isEqualTo(9);
        assertThat(with("9").seconds("NAME", 5, 1, 9)).isEqualTo(Duration.ofSeconds(9));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "10", "-1", "1.5", "one", "1 2", "99999999999"})
    void refusesOtherNumbers(String value) {
        assertRefused(value, v -> v.number("NAME", 5, 1, 9), "must be a whole number from 1 to 9");
        assertRefused(value, v -> v.seconds("NAME", 5, 1, 9), "must be a whole number of seconds from 1 to 9");
    }

    @ParameterizedTest
    @ValueSource(strings = {"yes", "TRUE", "1"})
    void takesOnlyTrueAndFalseForAFlag(String value) {
        assertRefused(value, v -> v.flag("NAME", false), "must be true or false");
    }

    @Test
    void refusesWhatIsNoneOfTheChoices() {
        assertRefused("xml", v -> v.choice("NAME", "json", "text", "json"), "must be text or json");
        assertRefused("prod", v -> v.choice("NAME", "", "production"), "must be production or empty");
    }

    @Test
    void takesAbsoluteAddressesOfTheSchemes() {
        assertThat(with("https://a.example/keys").address("NAME", WEB)).isEqualTo(URI.create("https://a.example/keys"));
        for (String wrong : List.of("a.example", "/keys", "ws://a.example", "https:///keys", "http://a b")) {
            assertRefused(wrong, v -> v.address("NAME", WEB), "must be an absolute http or https address");
        }
    }

    @Test
    void namesTheVariableThatCannotBeParsed() {
        assertThatThrownBy(() -> with("x").parsed("NAME", "", value -> {
                    throw new IllegalArgumentException("is no network");
                }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("NAME: is no network");
    }

    @Test
    void keepsWhatItReadToItself() {
        assertThat(with("hidden").toString()).doesNotContain("hidden");
        assertThatThrownBy(() -> with("hidden").number("NAME", 1, 1, 9))
                .message()
                .doesNotContain("hidden");
    }
}
