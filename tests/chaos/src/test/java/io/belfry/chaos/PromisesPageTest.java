package io.belfry.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.chaos.harness.Trial;
import io.belfry.kit.contract.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page says of each promise what there is to try it with, and nothing else. */
class PromisesPageTest {

    /** What has to be shown while things break; the others are about what comes in. */
    private static final List<Integer> NUMBERS = IntStream.concat(
                    IntStream.rangeClosed(1, 16), IntStream.rangeClosed(24, 27))
            .boxed()
            .toList();

    private static final String QUICK = "./dev chaos --quick";

    private final List<Row> rows =
            Repository.table("docs/promises.md", "## The promises").map(Row::of).toList();

    @Test
    void namesEveryPromise() {
        Set<String> due = NUMBERS.stream().map(number -> "P" + number).collect(Collectors.toSet());

        assertThat(rows.stream().flatMap(row -> row.promises().stream())).hasSameElementsAs(due);
    }

    @Test
    void saysOfEachTrialWhatItIsAtFullLength() {
        List<String> trials = Trials.all().stream().map(Trial::promise).toList();

        assertThat(rows.stream()
                        .filter(row -> !row.withFactor1().equals("not among the trials"))
                        .map(row -> String.join(", ", row.promises())))
                .containsExactlyElementsOf(trials);
    }

    @Test
    void namesAFastFormOfEachThatIsThere() throws IOException {
        Set<String> tests = testClasses();
        tests.add(QUICK);

        assertThat(rows)
                .allSatisfy(row -> assertThat(row.fastForms()).isNotEmpty().isSubsetOf(tests));
    }

    @Test
    void namesTheSmallTrialsAsSuch() {
        assertThat(rows.stream()
                        .filter(row -> row.fastForms().contains(QUICK))
                        .map(row -> String.join(", ", row.promises())))
                .containsExactlyElementsOf(
                        Trials.quick().stream().map(Trial::promise).toList());
    }

    private static Set<String> testClasses() throws IOException {
        Set<String> names = new TreeSet<>();
        Matcher module = Pattern.compile("<module>(.*)</module>").matcher(Repository.read("pom.xml"));
        while (module.find()) {
            Path sources = Repository.file(module.group(1) + "/src/test/java");
            if (!Files.isDirectory(sources)) {
                continue;
            }
            try (Stream<Path> files = Files.walk(sources)) {
                files.map(file -> file.getFileName().toString())
                        .filter(name -> name.endsWith("IT.java") || name.endsWith("Test.java"))
                        .forEach(name -> names.add(name.substring(0, name.indexOf('.'))));
            }
        }
        return names;
    }

    /**
     * A line of the table of promises in {@code docs/promises.md}.
     *
     * @param promises {@code P1}, {@code P8}
     * @param fastForms the simple names of the tests that are run every time
     */
    private record Row(List<String> promises, String withFactor1, List<String> fastForms) {

        private static Row of(List<String> cells) {
            return new Row(words(cells.get(0)), cells.get(2), words(cells.get(3)));
        }

        private static List<String> words(String cell) {
            return List.of(cell.split(", "));
        }
    }
}
