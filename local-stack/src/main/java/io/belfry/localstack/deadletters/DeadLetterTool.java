package io.belfry.localstack.deadletters;

import io.belfry.events.Topics;
import io.belfry.json.WireTime;
import io.belfry.localstack.process.ProcessFailedException;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * {@code ./dev dead-letters}: lists what was set aside, shows one of it, puts it back. Listing and showing change nothing
 * anywhere.
 */
public final class DeadLetterTool {

    private static final String USAGE = "usage: ./dev dead-letters list|show|replay; ./dev help has their options";

    private final String bootstrapServers;
    private final Topics topics;
    private final Clock clock;
    private final PrintStream out;
    private final PrintStream errors;

    public DeadLetterTool(String bootstrapServers, Topics topics, Clock clock, PrintStream out, PrintStream errors) {
        this.bootstrapServers = bootstrapServers;
        this.topics = topics;
        this.clock = clock;
        this.out = out;
        this.errors = errors;
    }

    /**
     * Returns 0 = done, 1 = there is no such letter, 2 = wrongly called, which one line says.
     *
     * @throws ProcessFailedException for everything else that fails
     */
    public int run(List<String> arguments) {
        try {
            String command = arguments.isEmpty() ? "" : arguments.get(0);
            List<String> rest = arguments.subList(Math.min(1, arguments.size()), arguments.size());
            return switch (command) {
                case "list" -> list(rest);
                case "show" -> show(rest);
                case "replay" -> replay(rest);
                default -> throw new WrongCallException(USAGE);
            };
        } catch (WrongCallException e) {
            errors.println(e.getMessage());
            return 2;
        } catch (KafkaException e) {
            Throwable why = e.getCause() == null ? e : e.getCause();
            throw new ProcessFailedException("Kafka at " + bootstrapServers + ": " + why.getMessage(), e);
        }
    }

    private int list(List<String> arguments) {
        Words words = Words.of(arguments, Selection.OPTIONS, Set.of());
        requirePlain(words, 0);
        Selection selection = Selection.from(words, topics, clock.instant());
        Listing listing = new Listing(out);
        try (DeadLetters letters = new DeadLetters(bootstrapServers, topics)) {
            letters.each(selection, listing::add);
        }
        listing.end();
        return 0;
    }

    private int show(List<String> arguments) {
        Words words = Words.of(arguments, Set.of(), Set.of());
        if (words.plain().size() != 3) {
            throw new WrongCallException("usage: ./dev dead-letters show <topic> <partition> <offset>");
        }
        TopicPartition partition = new TopicPartition(
                Selection.deadLetterTopic(topics, words.plain().get(0)),
                (int) number("partition", words.plain().get(1), 9));
        long offset = number("offset", words.plain().get(2), 18);
        try (DeadLetters letters = new DeadLetters(bootstrapServers, topics)) {
            return letters.at(partition, offset).map(this::print).orElseGet(() -> {
                errors.println(
                        "there is no dead letter " + partition.topic() + " " + partition.partition() + " " + offset);
                return 1;
            });
        }
    }

    private int print(DeadLetter letter) {
        byte[] value = letter.record().value();
        out.println(letter.place() + ", set aside " + WireTime.format(letter.time()));
        out.println("key: " + Printable.line(letter.record().key()));
        for (Header header : letter.record().headers()) {
            out.println(Printable.bare(header.key()) + ": " + Printable.line(header.value()));
        }
        out.println();
        out.println(value == null ? "no value" : Printable.block(value));
        return 0;
    }

    private int replay(List<String> arguments) {
        Words words = Words.of(arguments, ReplayOptions.valued(), ReplayOptions.SWITCHES);
        requirePlain(words, 0);
        Instant began = clock.instant();
        Selection selection = Selection.from(words, topics, began);
        ReplayOptions options = ReplayOptions.from(words, topics);
        if (options.dryRun()) {
            replay(selection, options, null);
        } else {
            try (ReplayLock lock = ReplayLock.take(bootstrapServers, topics)) {
                replay(selection, options, lock);
            }
            out.println("What is still poison is set aside again, once the persister has come to it; to look: "
                    + "./dev dead-letters list --since " + WireTime.format(began));
        }
        return 0;
    }

    private void replay(Selection selection, ReplayOptions options, @Nullable ReplayLock lock) {
        try (DeadLetters letters = new DeadLetters(bootstrapServers, topics);
                NewestRecords newest = new NewestRecords(bootstrapServers);
                Replay replay = new Replay(bootstrapServers, topics, options, newest, lock, clock, out)) {
            if (options.toTopic() == null) {
                topics.platform().stream()
                        .map(Topics::deadLetter)
                        .forEach(compacted -> letters.each(compacted, selection, newest::follow));
            } else {
                letters.requireTopic(options.toTopic());
            }
            try {
                letters.each(selection, replay::add);
            } finally {
                replay.report();
            }
        }
    }

    private static void requirePlain(Words words, int count) {
        if (words.plain().size() != count) {
            throw new WrongCallException("what is this: " + Printable.quoted(String.join(" ", words.plain())));
        }
    }

    private static long number(String what, String given, int mostDigits) {
        if (!given.matches("[0-9]{1," + mostDigits + "}")) {
            throw new WrongCallException("not the number of " + (what.equals("offset") ? "an " : "a ") + what + ": "
                    + Printable.quoted(given));
        }
        return Long.parseLong(given);
    }
}
