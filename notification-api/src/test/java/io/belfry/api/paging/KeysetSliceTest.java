package io.belfry.api.paging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.belfry.api.problem.ProblemException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Walks lists in memory as the slice has them read. */
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

    @Test
    void showsEveryRowOnceWhileOthersArrive() {
        Page<Long> page = read(null, null, true);
        List<Long> seen = new ArrayList<>(page.results());
        while (page.next() != null) {
            table.add(table.get(table.size() - 1) + 1);
            page = read(page.next(), null, true);
            seen.addAll(page.results());
        }

        assertThat(seen).containsExactly(7L, 6L, 5L, 4L, 3L, 2L, 1L);
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
}
