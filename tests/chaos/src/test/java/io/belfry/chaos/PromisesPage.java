package io.belfry.chaos;

import io.belfry.kit.contract.Repository;
import java.util.Arrays;
import java.util.List;

/** The table of promises in {@code docs/promises.md}. */
final class PromisesPage {

    private static final String HEADING = "\n## The promises\n";

    private PromisesPage() {}

    /**
     * A line of it.
     *
     * @param promises {@code P1}, {@code P8}
     * @param fastForms the simple names of the tests that are run every time
     */
    record Row(List<String> promises, String promised, String withFactor1, List<String> fastForms) {

        private static Row of(String line) {
            List<String> cells = Arrays.stream(line.split("\\|"))
                    .skip(1)
                    .map(cell -> cell.strip().replace("`", ""))
                    .toList();
            return new Row(words(cells.get(0)), cells.get(1), cells.get(2), words(cells.get(3)));
        }

        private static List<String> words(String cell) {
            return List.of(cell.split(", "));
        }
    }

    static List<Row> rows() {
        String page = Repository.read("docs/promises.md");
        return page.substring(page.indexOf(HEADING) + HEADING.length())
                .lines()
                .dropWhile(line -> !line.startsWith("|"))
                .takeWhile(line -> line.startsWith("|"))
                .skip(2)
                .map(Row::of)
                .toList();
    }
}
