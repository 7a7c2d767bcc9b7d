package io.belfry.admin.deadletters;

import io.belfry.admin.AdminSettings;
import io.belfry.admin.CommandFailedException;
import io.belfry.admin.OperatorAudit;
import io.belfry.admin.Printable;
import io.belfry.events.names.Topics;
import io.belfry.json.WireTime;
import io.belfry.runtime.kafka.KafkaAccess;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Instant;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** Lists dead letters, shows one of them, puts them back. Whose content is shown, and what is put back, is written into the audit log. */
@Command(
        name = "dead-letters",
        description = "Records that can never be handled: looks at them and puts them back; docs/operations.md.",
        mixinStandardHelpOptions = true)
public final class DeadLettersCommand {

    private final String calledAs;
    private final AdminSettings settings;
    private final KafkaAccess kafka;
    private final Topics topics;
    private final Clock clock;
    private final PrintStream out;
    private final PrintStream errors;

    /** @param calledAs the program's name in what is printed */
    public DeadLettersCommand(
            String calledAs, AdminSettings settings, Clock clock, PrintStream out, PrintStream errors) {
        this.calledAs = calledAs;
        this.settings = settings;
        this.kafka = settings.kafka();
        this.topics = settings.topics();
        this.clock = clock;
        this.out = out;
        this.errors = errors;
    }

    @Command(description = "A line for each dead letter, then how many of what.", mixinStandardHelpOptions = true)
    int list(@Mixin Selection.Options wanted) {
        Selection selection = wanted.selection(topics, clock.instant());
        Tally tally = new Tally();
        try (DeadLetterReader deadLetters = new DeadLetterReader(kafka, topics)) {
            deadLetters.each(selection, deadLetter -> {
                tally.add(deadLetter);
                out.println(deadLetter.line());
            });
        }
        out.println(tally.total() == 0 ? "No dead letters." : "In all: " + tally.total());
        tally.print(out);
        return 0;
    }

    @Command(description = "All of one dead letter, named as list names it.", mixinStandardHelpOptions = true)
    int show(
            @Parameters(paramLabel = "<topic>") String topic,
            @Parameters(paramLabel = "<partition>") int partition,
            @Parameters(paramLabel = "<offset>") long offset,
            @Option(names = "--unaudited", description = OperatorAudit.UNAUDITED) boolean unaudited) {
        if (partition < 0) {
            throw new TypeConversionException("not the number of a partition: " + partition);
        }
        TopicPartition place = new TopicPartition(Selection.deadLetterTopic(topics, topic), partition);
        audit(unaudited, "read", place.topic() + "-" + partition + "@" + offset);
        try (DeadLetterReader deadLetters = new DeadLetterReader(kafka, topics)) {
            return deadLetters.at(place, offset).map(this::print).orElseGet(() -> {
                errors.println("there is no dead letter " + place.topic() + " " + partition + " " + offset);
                return 1;
            });
        }
    }

    private int print(DeadLetterRecord deadLetter) {
        byte[] value = deadLetter.record().value();
        out.println(deadLetter.place() + ", set aside " + WireTime.format(deadLetter.time()));
        out.println("key: " + Printable.line(deadLetter.record().key()));
        for (Header header : deadLetter.record().headers()) {
            out.println(Printable.bare(header.key()) + ": " + Printable.line(header.value()));
        }
        out.println();
        out.println(value == null ? "no value" : Printable.block(value));
        return 0;
    }

    @Command(
            description = "Puts dead letters back to where they came from, when the cause is gone.",
            mixinStandardHelpOptions = true)
    int replay(
            @Mixin Selection.Options wanted,
            @Option(
                            names = "--max-rate",
                            paramLabel = "<a second>",
                            defaultValue = "100",
                            description = "at most so many a second (${DEFAULT-VALUE})")
                    int maxRate,
            @Option(names = "--dry-run", description = "write nothing, and say the same") boolean dryRun,
            @Option(names = "--unaudited", description = OperatorAudit.UNAUDITED) boolean unaudited,
            @Option(
                            names = "--to-topic",
                            paramLabel = "<topic>",
                            description = "to this topic instead, for a look with other tools")
                    @Nullable
                    String toTopic) {
        Instant began = clock.instant();
        Selection selection = wanted.selection(topics, began);
        Replay.Plan plan = Replay.Plan.of(maxRate, dryRun, toTopic, topics);
        if (dryRun) {
            replay(selection, plan, null);
        } else {
            audit(unaudited, "replay", selection + (toTopic == null ? "" : " to " + toTopic));
            try (ReplayLock lock = ReplayLock.take(kafka, topics)) {
                replay(selection, plan, lock);
            }
            out.println("What is still poison is set aside again, once the persister has come to it; to look: "
                    + calledAs + " dead-letters list --since " + WireTime.format(began));
        }
        return 0;
    }

    private void audit(boolean unaudited, String action, String object) {
        if (!unaudited) {
            OperatorAudit.write(settings, action, object);
        }
    }

    /** @throws CommandFailedException if it is not done to its end */
    private void replay(Selection selection, Replay.Plan plan, @Nullable ReplayLock lock) {
        try (DeadLetterReader deadLetters = new DeadLetterReader(kafka, topics);
                NewestRecords newest = new NewestRecords(kafka);
                Replay replay = new Replay(kafka, topics, plan, newest, lock, clock, out)) {
            if (plan.toTopic() == null) {
                topics.platform().stream()
                        .map(Topics::deadLetter)
                        .forEach(compacted -> deadLetters.each(compacted, selection, newest::follow));
            } else {
                deadLetters.requireTopic(plan.toTopic());
            }
            try {
                deadLetters.each(selection, replay::add);
            } finally {
                replay.report();
            }
        }
    }
}
