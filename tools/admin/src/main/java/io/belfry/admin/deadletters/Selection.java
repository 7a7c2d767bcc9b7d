package io.belfry.admin.deadletters;

import io.belfry.admin.PointInTime;
import io.belfry.admin.Printable;
import io.belfry.events.names.Topics;
import io.belfry.events.wire.PoisonCode;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

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

    /** The options that say it. */
    static final class Options {

        @Option(names = "--topic", paramLabel = "<topic>", description = "only of this topic")
        private @Nullable String topic;

        @Option(names = "--reason", paramLabel = "<code>", description = "only for this reason")
        private @Nullable String reason;

        @Option(
                names = "--since",
                paramLabel = "<time>",
                description = "set aside then or later: 2026-11-24T08:00:00Z, or 90s, 15m, 2h, 7d ago")
        private @Nullable String since;

        @Option(names = "--until", paramLabel = "<time>", description = "set aside before")
        private @Nullable String until;

        /** @throws TypeConversionException for a value that selects nothing by its nature */
        Selection selection(Topics topics, Instant now) {
            return new Selection(
                    topic == null ? null : deadLetterTopic(topics, topic),
                    reason(reason),
                    since == null ? null : PointInTime.parse("--since", since, now),
                    until == null ? null : PointInTime.parse("--until", until, now));
        }
    }

    Selection {
        if (since != null && until != null && !since.isBefore(until)) {
            throw new TypeConversionException("--since must be earlier than --until");
        }
    }

    /** For the audit log. */
    @Override
    public String toString() {
        return Stream.of(
                        "dead letters",
                        topic == null ? "" : "of " + topic,
                        reason == null ? "" : "for " + reason,
                        since == null ? "" : "since " + since,
                        until == null ? "" : "until " + until)
                .filter(word -> !word.isEmpty())
                .collect(Collectors.joining(" "));
    }

    boolean includes(DeadLetterRecord deadLetter) {
        return (topic == null || topic.equals(deadLetter.topic()))
                && (reason == null || reason.equals(deadLetter.reason()))
                && (since == null || !deadLetter.time().isBefore(since))
                && (until == null || deadLetter.time().isBefore(until));
    }

    /**
     * Takes a topic with or without the installation's prefix, with or without {@code .dlt}.
     *
     * @throws TypeConversionException if it has no dead letters
     */
    static String deadLetterTopic(Topics topics, String given) {
        String full = given.startsWith(topics.prefix()) ? given : topics.prefix() + given;
        List<String> all = all(topics);
        return all.stream()
                .filter(deadLetters -> deadLetters.equals(full) || deadLetters.equals(Topics.deadLetter(full)))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("no topic of dead letters: " + Printable.quoted(given)
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
            throw new TypeConversionException("--reason: there is no " + Printable.quoted(given) + "; there are "
                    + codes.stream().sorted().collect(Collectors.joining(", ")));
        }
        return given;
    }
}
