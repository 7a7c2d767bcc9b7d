package io.belfry.localstack.deadletters;

import io.belfry.json.WireTime;
import java.io.PrintStream;

/** A line for each dead letter, then how many of what. */
final class Listing {

    private static final int LONGEST_KEY = 60;

    private final PrintStream out;
    private final Tally tally = new Tally();

    Listing(PrintStream out) {
        this.out = out;
    }

    void add(DeadLetter letter) {
        tally.add(letter);
        byte[] replayed = letter.replayedAt();
        out.println(WireTime.format(letter.time())
                + "  " + letter.place()
                + "  " + Printable.bare(letter.reason())
                + "  event " + letter.event()
                + "  key " + Printable.shortLine(letter.record().key(), LONGEST_KEY)
                + "  " + letter.size() + " bytes"
                + (replayed == null ? "" : "  replayed at " + Printable.shortLine(replayed, LONGEST_KEY)));
    }

    void end() {
        out.println(tally.total() == 0 ? "No dead letters." : "In all: " + tally.total());
        tally.print(out);
    }
}
