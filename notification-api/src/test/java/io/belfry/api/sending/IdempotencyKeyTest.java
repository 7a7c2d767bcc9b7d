package io.belfry.api.sending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.belfry.json.InvalidFieldsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdempotencyKeyTest {

    @Test
    void dropsTheQuotesOfAStructuredField() {
        assertThat(IdempotencyKey.parse("\"8e03978e\"")).isEqualTo(IdempotencyKey.parse("8e03978e"));
    }

    @Test
    void keepsEverythingElse() {
        assertThat(IdempotencyKey.parse("a\"b,c;d")).isEqualTo(new IdempotencyKey("a\"b,c;d"));
        assertThat(IdempotencyKey.parse("\"")).isEqualTo(new IdempotencyKey("\""));
        assertThat(IdempotencyKey.parse("k".repeat(255))).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\"\"", " ", "a b", "ä", "a\u0000b", "a\tb", "\u007f"})
    void refusesWhatIsNotVisibleAscii(String header) {
        assertThatThrownBy(() -> IdempotencyKey.parse(header)).isInstanceOf(InvalidFieldsException.class);
    }

    @Test
    void refusesMoreThan255Characters() {
        assertThatThrownBy(() -> IdempotencyKey.parse("k".repeat(256))).isInstanceOf(InvalidFieldsException.class);
    }
}
