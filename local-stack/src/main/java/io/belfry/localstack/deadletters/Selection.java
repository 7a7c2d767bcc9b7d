package io.belfry.localstack.deadletters;

import io.belfry.events.PoisonCode;
import io.belfry.events.Topics;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which dead letters are meant. Null = whatever.
 *
 * @param topic  where they lie, with prefix and suffix
 * @param reason {@code belfry-error}
 * @param since  set aside then or later
 * @param until  set aside before
 */
record Selection(
        @Nullable String topic,
        @Nullable String reason,
        @Nullable Instant since,
        @Nullable Instant until) {

    static final Set<String> OPTIONS = Set.of("--topic", "--reason", "--since", "--until");

    /** @throws WrongCallException for a value that selects nothing by its nature */
    static Selection from(Words words, Topics topics, Instant now) {
        String topic = words.option("--topic");
        String since = words.option("--since");
        String until = words.option("--until");
        Selection selection = new Selection(
                topic == null ? null : deadLetterTopic(topics, topic),
                reason(words.option("--reason")),
                since == null ? null : Moment.parse("--since", since, now),
                until == null ? null : Moment.parse("--until", until, now));
        if (selection.since != null && selection.until != null && !selection.since.isBefore(selection.until)) {
            throw new WrongCallException("--since must be earlier than --until");
        }
        return selection;
    }

    boolean includes(DeadLetter letter) {
        return (topic == null || topic.equals(letter.topic()))
                && (reason == null || reason.equals(letter.reason()))
                && (since == null || !letter.time().isBefore(since))
                && (until == null || letter.time().isBefore(until));
    }

    /**
     * Takes a topic with or without the installation's prefix, with or without {@code .dlt}.
     *
     * @throws WrongCallException if it has no dead letters
     */
    static String deadLetterTopic(Topics topics, String given) {
        String full = given.startsWith(topics.prefix()) ? given : topics.prefix() + given;
        List<String> all = all(topics);
        return all.stream()
                .filter(letters -> letters.equals(full) || letters.equals(Topics.deadLetter(full)))
                .findFirst()
                .orElseThrow(() -> new WrongCallException("no topic of dead letters: " + Printable.quoted(given)
                        + "; there are " + String.join(", ", all)));
    }

    /** Every topic of dead letters. */
    static List<String> all(Topics topics) {
        return topics.consumedByPersister().stream().map(Topics::deadLetter).toList();
    }

    private static @Nullable String reason(@Nullable String given) {
        Set<String> codes =
                Arrays.stream(PoisonCode.values()).map(PoisonCode::wireName).collect(Collectors.toSet());
        if (given != null && !codes.contains(given)) {
            throw new WrongCallException("--reason: there is no " + Printable.quoted(given) + "; there are "
                    + codes.stream().sorted().collect(Collectors.joining(", ")));
        }
        return given;
    }
}
