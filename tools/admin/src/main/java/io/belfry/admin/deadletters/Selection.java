package io.belfry.admin.deadletters;

import io.belfry.events.names.Topics;
import io.belfry.events.wire.PoisonCode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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

    /** Six digits of days are 2,700 years: nothing overflows. */
    private static final Pattern AGO = Pattern.compile("([0-9]{1,6})([smhd])");

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
                    since == null ? null : time("--since", since, now),
                    until == null ? null : time("--until", until, now));
        }
    }

    Selection {
        if (since != null && until != null && !since.isBefore(until)) {
            throw new TypeConversionException("--since must be earlier than --until");
        }
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

    /**
     * A time as an operator writes it: itself, or how long ago it was.
     *
     * @throws TypeConversionException for anything else
     */
    static Instant time(String option, String text, Instant now) {
        Matcher ago = AGO.matcher(text);
        if (ago.matches()) {
            Instant then = now.minus(span(Long.parseLong(ago.group(1)), ago.group(2)));
            return then.isBefore(Instant.EPOCH) ? Instant.EPOCH : then;
        }
        try {
            OffsetDateTime time = OffsetDateTime.parse(text);
            if (time.getYear() > 1970 && time.getYear() <= 9999) {
                return time.toInstant();
            }
        } catch (DateTimeException e) {
            // Said below, together with times that no record has.
        }
        throw new TypeConversionException(option + ": neither a time such as 2026-11-24T08:00:00Z"
                + " nor how long ago, such as 90s, 15m, 2h or 7d: " + Printable.quoted(text));
    }

    private static Duration span(long number, String unit) {
        return switch (unit) {
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }
}
