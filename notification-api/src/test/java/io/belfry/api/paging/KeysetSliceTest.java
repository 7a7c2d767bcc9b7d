package io.belfry.api.paging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.belfry.api.problem.ProblemException;
import io.belfry.json.InvalidFieldsException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages: what asks for one, the cursor that leads on, and the walk over lists in memory as the slice has them read. */
class KeysetSliceTest {

    private final List<Long> table =
            new ArrayList<>(LongStream.rangeClosed(1, 7).boxed().toList());

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void walksForthAndBackOverTheSamePages(boolean descending) {
        Page<Long> first = read(null, null, descending);
        Page<Long> second = read(first.next(), null, descending);
        Page<Long> third = read(second.next(), null, descending);

        List<Long> forth = new ArrayList<>(first.results());
        forth.addAll(second.results());
        forth.addAll(third.results());
        assertThat(forth).isEqualTo(ordered(descending));
        assertThat(first.previous()).isNull();
        assertThat(third.next()).isNull();
        assertThat(read(third.previous(), null, descending).results()).isEqualTo(second.results());
        Page<Long> firstAgain = read(second.previous(), null, descending);
        assertThat(firstAgain.results()).isEqualTo(first.results());
        assertThat(firstAgain.previous()).isNull();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void findsItsWayBackFromAPageThatWasEmptied(boolean descending) {
        String next = read(null, null, descending).next();
        List<Long> kept = ordered(descending).subList(0, 3);
        table.retainAll(kept);

        Page<Long> emptied = read(next, null, descending);

        assertThat(emptied.results()).isEmpty();
        assertThat(emptied.next()).isNull();
        assertThat(read(emptied.previous(), null, descending).results()).isEqualTo(kept);
    }

    @Test
    void pageNumbersEndWithTheList() {
        assertThat(read(null, 3L, true).results()).containsExactly(1L);
        assertThat(read(null, 3L, true).previous()).isNotNull();
        assertThatThrownBy(() -> read(null, 4L, true)).isInstanceOf(ProblemException.class);
        table.clear();
        assertThat(read(null, 1L, true).results()).isEmpty();
    }

    private List<Long> ordered(boolean descending) {
        return table.stream().sorted(order(descending)).toList();
    }

    private static Comparator<Long> order(boolean descending) {
        return descending ? Comparator.reverseOrder() : Comparator.naturalOrder();
    }

    private Page<Long> read(String cursor, Long pageNumber, boolean descending) {
        KeysetSlice slice = new KeysetSlice(new PageRequest(3, cursor, pageNumber), descending, "test");
        List<Long> rows = slice.read(reading(Comparator.naturalOrder()), reading(Comparator.reverseOrder()));
        return slice.page(table.size(), rows, n -> n, text -> text);
    }

    private KeysetSlice.Query<Long> reading(Comparator<Long> order) {
        return (above, below, rows, skip) -> table.stream()
                .filter(n -> n > above && n < below)
                .sorted(order)
                .skip(skip)
                .limit(rows)
                .toList();
    }

    @Test
    void cursorComesBackAsItWas() {
        Cursor cursor = new Cursor(true, 9_007_199_254_740_991L);

        assertThat(Cursor.decode(cursor.encode("inbox of 7"), "inbox of 7")).isEqualTo(cursor);
    }

    @Test
    void cursorBelongsToOneList() {
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
    void refusesACursorThatItDidNotMake(String text) {
        assertThatThrownBy(() -> Cursor.decode(text, "inbox of 7")).isInstanceOf(InvalidFieldsException.class);
    }

    @ParameterizedTest
    @CsvSource({",20", "1,1", "100,100", "101,100", "1000000,100", "9007199254740991,100"})
    void boundsThePage(String size, int rows) {
        assertThat(PageRequest.parse(size, null, null).size()).isEqualTo(rows);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1.5", "ten", " 1", "+1", "0x10", "9007199254740992", "99999999999999999999"})
    void refusesWhatIsNoPositiveNumber(String text) {
        assertThatThrownBy(() -> PageRequest.parse(text, null, null)).isInstanceOf(InvalidFieldsException.class);
        assertThatThrownBy(() -> PageRequest.parse(null, null, text)).isInstanceOf(InvalidFieldsException.class);
    }

    @Test
    void emptyParameterIsAnAbsentOneAndCursorAndNumberAreNotTakenTogether() {
        assertThat(PageRequest.parse("", "", "")).isEqualTo(PageRequest.parse(null, null, null));
        assertThatThrownBy(() -> PageRequest.parse(null, "c", "2")).isInstanceOf(InvalidFieldsException.class);
    }
}
