package io.belfry.api.paging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.belfry.json.InvalidFieldsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {

    @Test
    void comesBackAsItWas() {
        Cursor cursor = new Cursor(true, 9_007_199_254_740_991L);

        assertThat(Cursor.decode(cursor.encode("inbox of 7"), "inbox of 7")).isEqualTo(cursor);
    }

    @Test
    void belongsToOneList() {
        String ofSeven = new Cursor(false, 12).encode("inbox of 7");

        assertThatThrownBy(() -> Cursor.decode(ofSeven, "inbox of 8"))
                .isInstanceOfSatisfying(
                        InvalidFieldsException.class,
                        e -> assertThat(e.errors())
                                .singleElement()
                                .satisfies(error -> assertThat(error.field()).isEqualTo("cursor")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"!", "AAAA", "AAAAAAAAAAAENzgCrWmr8w0AAAAA", "äöü", "AgAAAAAAAAAENzgCrWmr8w0", "//8="})
    void refusesWhatItDidNotMake(String text) {
        assertThatThrownBy(() -> Cursor.decode(text, "inbox of 7")).isInstanceOf(InvalidFieldsException.class);
    }
}
