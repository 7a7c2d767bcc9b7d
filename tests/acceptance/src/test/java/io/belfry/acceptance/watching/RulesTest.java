package io.belfry.acceptance.watching;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.acceptance.sending.Programs;
import io.belfry.acceptance.watching.Rules.Rule;
import io.belfry.kit.contract.Repository;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What an alert needs without a system: rules that Prometheus takes, tests of theirs, and a page that tells what to do. */
class RulesTest {

    private static final String TESTS = "ops/prometheus/alerts.test.yml";

    @Test
    void prometheusTakesTheRulesAndEachFiresForItsFault() throws IOException, InterruptedException {
        Programs.require("promtool", "--version");
        String configuration = Repository.file(Rules.SCRAPES).toString();
        assertThat(Programs.run("", "promtool", "check", "config", configuration))
                .isZero();
        assertThat(Programs.run(
                        "", "promtool", "test", "rules", Repository.file(TESTS).toString()))
                .isZero();
        Set<String> expected = Pattern.compile("labels: '\\{alertname=\"(\\w+)\"")
                .matcher(Repository.read(TESTS))
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
        assertThat(expected)
                .containsExactlyInAnyOrderElementsOf(
                        Rules.alerts().stream().map(Rule::alert).toList());
    }

    @Test
    void everyAlertHasItsSectionThatSaysWhatToDo() {
        String page = Repository.read("docs/operations.md");
        assertThat(Rules.alerts()).hasSizeGreaterThan(20).allSatisfy(rule -> {
            assertThat(rule.severity()).isIn("critical", "warning");
            assertThat(rule.runbook())
                    .isEqualTo("docs/operations.md#" + rule.alert().toLowerCase(Locale.ROOT));
            assertThat(page).contains("\n### " + rule.alert() + "\n\n");
        });
        Pattern.compile("^### (Belfry\\w+)$", Pattern.MULTILINE)
                .matcher(page)
                .results()
                .forEach(section ->
                        assertThat(Rules.alerts()).extracting(Rule::alert).contains(section.group(1)));
    }
}
