package io.belfry.persister.restore;

import io.belfry.persister.startup.DatabasePool;
import io.belfry.persister.startup.PersisterSettings;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * {@code new-epoch [--since <time>] [--running]}: what an operator runs after a backup was put back, before persisters
 * are started. Run twice it begins two histories, which costs every client one more list.
 */
public final class NewEpochCommand {

    public static final String NAME = "new-epoch";

    private static final String USAGE = "usage: new-epoch [--since <time, as 2026-11-24T16:00:00Z>] [--running]";

    private final PersisterSettings settings;
    private final String group;

    /** @param group that handles requests, without the prefix; the others' names begin with it */
    public NewEpochCommand(PersisterSettings settings, String group) {
        this.settings = settings;
        this.group = settings.kafka().topics().prefix() + group;
    }

    private record Arguments(@Nullable Instant since, boolean running) {}

    /**
     * Says on the output what it has done.
     *
     * @return the exit code: 0 done, 1 refused, and nothing has changed
     * @throws IllegalArgumentException if it is wrongly called
     */
    @SuppressWarnings("SystemOut") // an operator reads it
    public int run(List<String> arguments) throws InterruptedException {
        Arguments wanted = parse(arguments);
        try (Admin admin = Admin.create(Map.of(
                        AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                        settings.kafka().bootstrap()));
                var pool = DatabasePool.create(settings.database())) {
            Brokers brokers = new Brokers(admin);
            if (!wanted.running() && !brokers.areIdle(List.of(group, group + "-commands", group + "-directory"))) {
                System.err.println(
                        NAME + ": a persister runs, and stores under ids of the history that is gone: stop all of"
                                + " them first (--running if no backup was put back)");
                return 1;
            }
            Map<TopicPartition, Long> commands =
                    brokers.ends(settings.kafka().topics().commands());
            Map<TopicPartition, Long> requests = wanted.since() == null
                    ? Map.of()
                    : brokers.since(settings.kafka().topics().requested(), wanted.since());
            NewEpoch.Begun begun = new NewEpoch(
                            new TransactionTemplate(new JdbcTransactionManager(pool)), JdbcClient.create(pool))
                    .begin(commands);
            System.out.println("epoch " + begun.epoch() + "; notifications from now on above " + begun.firstId()
                    + "; commands before " + commands + " are not applied");
            if (!requests.isEmpty()) {
                brokers.move(group, requests);
                System.out.println("requests are handled again from " + requests);
            }
            return 0;
        }
    }

    private static Arguments parse(List<String> arguments) {
        Instant since = null;
        boolean running = false;
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (argument.equals("--running")) {
                running = true;
            } else if (argument.equals("--since") && i + 1 < arguments.size()) {
                since = time(arguments.get(++i));
            } else {
                throw new IllegalArgumentException(USAGE);
            }
        }
        if (running && since != null) {
            throw new IllegalArgumentException("--since moves a group without members; it does not go with --running");
        }
        return new Arguments(since, running);
    }

    private static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(USAGE, e);
        }
    }
}
