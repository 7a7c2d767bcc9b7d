package io.belfry.chaos;

import io.belfry.chaos.harness.Comparison;
import io.belfry.chaos.harness.Trial;
import io.belfry.chaos.harness.TrialOutcome;
import java.util.Locale;

/** The table of a run, in Markdown, line by line. */
public final class Table {

    private Table() {}

    public static String head() {
        return """
                | promise | fault | how often | attempted | lost | duplicated | out of order | time to recover | measured | |
                |---|---|--:|--:|--:|--:|--:|--:|---|---|""";
    }

    public static String row(Trial trial, TrialOutcome outcome) {
        Comparison compared = outcome.compared();
        return "| "
                + String.join(
                        " | ",
                        trial.promise(),
                        trial.fault(),
                        number(outcome.times()),
                        number(compared.attempted()),
                        number(compared.lost()),
                        number(compared.duplicated()),
                        number(compared.outOfOrder()),
                        outcome.recovery().isZero() ? "" : TrialOutcome.seconds(outcome.recovery()),
                        String.join("; ", outcome.measured()),
                        outcome.passed() ? "pass" : "FAIL")
                + " |";
    }

    /** Of a trial without an outcome. */
    public static String row(Trial trial, String why, String result) {
        return "| " + trial.promise() + " | " + trial.fault() + " | | | | | | | " + why + " | " + result + " |";
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
