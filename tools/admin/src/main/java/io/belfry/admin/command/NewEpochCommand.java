package io.belfry.admin.command;

import io.belfry.admin.AdminSettings;
import io.belfry.admin.CommandFailedException;
import io.belfry.admin.KafkaGroups;
import io.belfry.admin.OperatorAudit;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What a restore ends with, before persisters are started. Run twice it begins two epochs, which costs every client one more list. */
@Command(
        name = "new-epoch",
        description = {
            "Begins a new epoch of all inboxes, as after a backup was put back: all clients load afresh.",
            "Refuses while a persister runs. docs/operations.md says when and why."
        },
        mixinStandardHelpOptions = true)
final class NewEpochCommand implements Callable<Integer> {

    /** The group that handles requests, without the installation's prefix; the names of the persister's others begin with it. */
    private static final String GROUP = "notification-persister";

    /**
     * More notifications than can have been stored between a backup and the moment that was lost: 11 days at 10,000 a
     * second. There is room for 900,000 times as many below 2^53.
     */
    private static final long IDS_SKIPPED = 10_000_000_000L;

    /** A persister that was killed is a member until it is missed, after 10 s. */
    private static final Duration MISSED_WITHIN = Duration.ofSeconds(15);

    private final AdminSettings settings;
    private final PrintStream out;

    @Option(
            names = "--since",
            paramLabel = "<time>",
            description = "handle requests again from then on, such as 2026-11-24T16:00:00Z")
    private @Nullable Instant since;

    @Option(names = "--running", description = "beside running persisters, if no backup was put back")
    private boolean running;

    NewEpochCommand(AdminSettings settings, PrintStream out) {
        this.settings = settings;
        this.out = out;
    }

    @Override
    public Integer call() throws Exception {
        if (running && since != null) {
            throw new TypeConversionException(
                    "--since moves a group while it has no member; it does not go with --running");
        }
        String group = settings.topics().prefix() + GROUP;
        try (KafkaGroups kafka = new KafkaGroups(settings.kafka())) {
            if (!running && !areIdle(kafka, List.of(group, group + "-commands", group + "-directory"))) {
                throw new CommandFailedException(
                        "new-epoch: a persister runs, and stores under ids of the epoch that is gone: stop all of"
                                + " them first (--running if no backup was put back)");
            }
            Map<TopicPartition, Long> commands = kafka.ends(settings.topics().commands());
            Map<TopicPartition, Long> requests =
                    since == null ? Map.of() : kafka.since(settings.topics().requested(), since);
            begin(commands);
            if (!requests.isEmpty()) {
                kafka.move(group, requests);
                out.println("requests are handled again from " + requests);
            }
        }
        return 0;
    }

    /** Whether these groups have no member; waits for the end of those that were just killed. */
    private static boolean areIdle(KafkaGroups kafka, List<String> groups) throws InterruptedException {
        long end = System.nanoTime() + MISSED_WITHIN.toNanos();
        while (!groups.stream().allMatch(group -> kafka.members(group).isEmpty())) {
            if (System.nanoTime() - end > 0) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(500);
        }
        return true;
    }

    /** In one transaction. Commands below their ends are not applied: they name notifications of the epoch that is gone. */
    private void begin(Map<TopicPartition, Long> commandEnds) throws SQLException {
        try (Connection connection = OperatorAudit.connect(settings);
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("UPDATE inbox_epoch SET name = replace(left(gen_random_uuid()::text, 13), '-', '')");
            skip(connection, commandEnds);
            // A sequence is not taken back with its transaction, which does no harm: ids are skipped once more.
            String firstId = text(
                    statement,
                    "SELECT setval(pg_get_serial_sequence('notification', 'id'),"
                            + " greatest(nextval(pg_get_serial_sequence('notification', 'id')),"
                            + " (SELECT coalesce(max(id), 0) FROM notification)) + " + IDS_SKIPPED + ")");
            String epoch = text(statement, "SELECT current_epoch()");
            OperatorAudit.write(connection, "new_epoch", epoch);
            connection.commit();
            out.println("epoch " + epoch + "; notifications from now on above " + firstId + "; commands before "
                    + commandEnds + " are not applied");
        }
    }

    private static void skip(Connection connection, Map<TopicPartition, Long> commandEnds) throws SQLException {
        try (PreparedStatement position = connection.prepareStatement(
                "INSERT INTO command_position (topic, partition, next_offset) VALUES (?, ?, ?)"
                        + " ON CONFLICT (topic, partition) DO UPDATE SET next_offset = excluded.next_offset")) {
            for (Map.Entry<TopicPartition, Long> end : commandEnds.entrySet()) {
                position.setString(1, end.getKey().topic());
                position.setInt(2, end.getKey().partition());
                position.setLong(3, end.getValue());
                position.executeUpdate();
            }
        }
    }

    private static String text(Statement statement, String query) throws SQLException {
        try (ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }
}
