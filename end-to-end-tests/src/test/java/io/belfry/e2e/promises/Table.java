package io.belfry.e2e.promises;

import java.lang.management.ManagementFactory;
import java.util.Locale;

/** The table of a run, in Markdown, line by line. */
final class Table {

    private Table() {}

    static String machine(Scale scale) {
        long memory =
                ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                        ? system.getTotalMemorySize()
                        : 0;
        return String.format(
                Locale.ROOT,
                "Loads and counts are the promised ones times %s. Machine: %d cores, %d GiB, %s %s, JDK %s.",
                scale.factor(),
                Runtime.getRuntime().availableProcessors(),
                memory >> 30,
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                System.getProperty("java.runtime.version"));
    }

    static String head() {
        return """
                | promise | fault | how often | attempted | lost | duplicated | out of order | time to recover | measured | |
                |---|---|--:|--:|--:|--:|--:|--:|---|---|""";
    }

    static String row(Trial trial, Outcome outcome) {
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
                        outcome.recovery().isZero() ? "" : Outcome.seconds(outcome.recovery()),
                        String.join("; ", outcome.measured()),
                        outcome.passed() ? "pass" : "FAIL")
                + " |";
    }

    /** Of a trial that came to no end. */
    static String row(Trial trial) {
        return "| " + trial.promise() + " | " + trial.fault() + " | | | | | | | came to no end | FAIL |";
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
