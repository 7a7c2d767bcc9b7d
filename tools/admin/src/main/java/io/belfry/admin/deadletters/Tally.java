package io.belfry.admin.deadletters;

import io.belfry.admin.Printable;
import java.io.PrintStream;
import java.util.Map;
import java.util.TreeMap;

/** How many of what. */
final class Tally {

    private final Map<String, Long> counts = new TreeMap<>();
    private long total;

    void add(String what) {
        counts.merge(what, 1L, Long::sum);
        total++;
    }

    /** By topic and reason. */
    void add(DeadLetterRecord deadLetter) {
        add(deadLetter.topic() + "  " + Printable.bare(deadLetter.reason()));
    }

    long total() {
        return total;
    }

    void print(PrintStream out) {
        counts.forEach((what, count) -> out.println("  " + what + "  " + count));
    }
}
