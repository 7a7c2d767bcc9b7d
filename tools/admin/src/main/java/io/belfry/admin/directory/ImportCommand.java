package io.belfry.admin.directory;

import io.belfry.admin.AdminSettings;
import io.belfry.admin.CommandFailedException;
import io.belfry.admin.OperatorAudit;
import io.belfry.admin.directory.Difference.Emptying;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Has the topics of the directory say what a file says: all of the courses that it names, and nothing of others. */
@Command(
        name = "import",
        description = "Users, courses and members from a CSV file with the columns"
                + " course_id,course_title,user_id,user_name,role; docs/adopt.md says how it is understood.",
        mixinStandardHelpOptions = true)
public final class ImportCommand implements Callable<Integer> {

    private static final String ALL = "all";

    private final AdminSettings settings;
    private final Clock clock;
    private final PrintStream out;

    @Parameters(paramLabel = "<file>")
    private Path file = Path.of("");

    @Option(names = "--dry-run", description = "write nothing, and print each change")
    private boolean dryRun;

    @Option(
            names = "--approve",
            split = ",",
            paramLabel = "<course>",
            description = "more than 10 %% of the members may leave these courses: their ids, or all")
    private List<String> approved = List.of();

    @Option(names = "--unaudited", description = OperatorAudit.UNAUDITED)
    private boolean unaudited;

    public ImportCommand(AdminSettings settings, Clock clock, PrintStream out) {
        this.settings = settings;
        this.clock = clock;
        this.out = out;
    }

    @Override
    public Integer call() {
        School wanted = read();
        SchoolTopics topics = new SchoolTopics(settings);
        Difference difference = new Difference(wanted, topics.read(wanted));
        out.println(file + " has " + wanted);
        if (dryRun) {
            difference.print(out);
        }
        requireApproval(difference.emptying());
        if (difference.isEmpty()) {
            out.println("Nothing to write: the topics say all of it");
        } else if (dryRun) {
            out.println("A dry run: nothing is written. To write: " + difference);
        } else {
            write(topics, difference);
        }
        return 0;
    }

    private School read() {
        SchoolFile.Contents contents = SchoolFile.read(file);
        if (!contents.faults().isEmpty()) {
            contents.faults().forEach(out::println);
            throw new CommandFailedException(
                    file + ": " + contents.faults().size() + " wrong, as listed; nothing is written");
        }
        return contents.school();
    }

    private void requireApproval(List<Emptying> emptying) {
        List<Emptying> refused = emptying.stream()
                .filter(each -> !approved.contains(ALL) && !approved.contains(Long.toString(each.course())))
                .toList();
        if (!refused.isEmpty()) {
            refused.forEach(each -> out.println(
                    "course " + each.course() + ": " + each.leaving() + " of " + each.members() + " members leave"));
            throw new CommandFailedException(
                    "more than 10 % of the members leave a course; nothing is written. If that is right: --approve "
                            + refused.stream()
                                    .map(each -> Long.toString(each.course()))
                                    .collect(Collectors.joining(",")));
        }
    }

    private void write(SchoolTopics topics, Difference difference) {
        if (!unaudited) {
            OperatorAudit.write(settings, "import", file.getFileName() + " " + difference);
        }
        try {
            topics.write(difference.records(settings.topics(), clock.instant()));
        } catch (KafkaException e) {
            throw new KafkaException("not all of it is written; the import may simply be run again", e);
        }
        out.println("Written: " + difference);
    }
}
