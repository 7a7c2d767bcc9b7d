package io.belfry.api.paging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.belfry.json.InvalidFieldsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PageRequestTest {

    @ParameterizedTest
    @CsvSource({",20", "1,1", "100,100", "101,100", "1000000,100", "9007199254740991,100"})
    void boundsTheSize(String size, int rows) {
        assertThat(PageRequest.parse(size, null, null).size()).isEqualTo(rows);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1.5", "ten", " 1", "+1", "0x10", "9007199254740992", "99999999999999999999"})
    void refusesWhatIsNoPositiveNumber(String text) {
        assertThatThrownBy(() -> PageRequest.parse(text, null, null)).isInstanceOf(InvalidFieldsException.class);
        assertThatThrownBy(() -> PageRequest.parse(null, null, text)).isInstanceOf(InvalidFieldsException.class);
    }

    @Test
    void takesAnEmptyParameterForAnAbsentOne() {
        assertThat(PageRequest.parse("", "", "")).isEqualTo(PageRequest.parse(null, null, null));
    }

    @Test
    void isPagedByCursorOrByNumber() {
        assertThatThrownBy(() -> PageRequest.parse(null, "c", "2")).isInstanceOf(InvalidFieldsException.class);
    }
}
