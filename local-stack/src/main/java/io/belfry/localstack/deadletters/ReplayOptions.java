package io.belfry.localstack.deadletters;

import io.belfry.events.Topics;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How letters are put back.
 *
 * @param toTopic with prefix; null = each to where it came from
 */
record ReplayOptions(int maxRate, boolean dryRun, @Nullable String toTopic) {

    static final Set<String> SWITCHES = Set.of("--dry-run");

    private static final int USUAL_RATE = 100;
    private static final int HIGHEST_RATE = 10_000;

    static Set<String> valued() {
        Set<String> valued = new HashSet<>(Selection.OPTIONS);
        valued.add("--max-rate");
        valued.add("--to-topic");
        return valued;
    }

    static ReplayOptions from(Words words, Topics topics) {
        String rate = words.option("--max-rate");
        String toTopic = words.option("--to-topic");
        return new ReplayOptions(
                rate == null ? USUAL_RATE : rate(rate),
                words.isOn("--dry-run"),
                toTopic == null ? null : target(toTopic, topics));
    }

    private static int rate(String given) {
        if (given.matches("[0-9]{1,5}")) {
            int rate = Integer.parseInt(given);
            if (rate >= 1 && rate <= HIGHEST_RATE) {
                return rate;
            }
        }
        throw new WrongCallException(
                "--max-rate: not a whole number from 1 to " + HIGHEST_RATE + ": " + Printable.quoted(given));
    }

    private static String target(String given, Topics topics) {
        String target = given.startsWith(topics.prefix()) ? given : topics.prefix() + given;
        if (target.endsWith(Topics.DEAD_LETTER_SUFFIX)) {
            throw new WrongCallException("--to-topic: only the persister writes dead letters");
        }
        if (topics.platform().contains(target)) {
            throw new WrongCallException("--to-topic: what is newest there cannot be told from elsewhere: " + target
                    + " takes its own letters only, without --to-topic");
        }
        return target;
    }
}
