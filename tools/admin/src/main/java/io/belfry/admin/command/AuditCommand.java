package io.belfry.admin.command;

import io.belfry.admin.AdminSettings;
import io.belfry.admin.OperatorAudit;
import io.belfry.admin.PointInTime;
import io.belfry.admin.Printable;
import io.belfry.json.WireTime;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Who did what, when, from where. What services write straight to Kafka is told by what was stored of it. */
@Command(
        name = "audit",
        description =
                "A line for each act: when, who, what, to what, from where; oldest first. docs/security.md lists the acts.",
        mixinStandardHelpOptions = true)
final class AuditCommand implements Callable<Integer> {

    private static final String ACTS = """
            SELECT at, actor, action, object, coalesce(address, '-') AS address
              FROM (SELECT at, actor, action, object, address FROM audit_log
                    UNION ALL
                    SELECT created_at, 'source:' || event_source, 'event',
                           concat('notification:' || id, ' course:' || course_id, ' sender:' || sender_id), NULL
                      FROM notification WHERE event_source <> 'belfry/api') acts
             WHERE at >= ? AND (?::text IS NULL OR actor = ?) AND (?::text IS NULL OR action = ?) ORDER BY at
            """;

    private final AdminSettings settings;
    private final Clock clock;
    private final PrintStream out;

    @Option(
            names = "--since",
            paramLabel = "<time>",
            defaultValue = "7d",
            description = "then or later: 2026-11-24T08:00:00Z, or 90s, 15m, 2h, 7d ago (${DEFAULT-VALUE})")
    private String since = "";

    @Option(names = "--actor", paramLabel = "<who>", description = "only theirs, such as user:7 or service:exams")
    private @Nullable String actor;

    @Option(names = "--action", paramLabel = "<what>", description = "only these, such as send or erase")
    private @Nullable String action;

    AuditCommand(AdminSettings settings, Clock clock, PrintStream out) {
        this.settings = settings;
        this.clock = clock;
        this.out = out;
    }

    @Override
    public Integer call() throws SQLException {
        try (Connection connection = OperatorAudit.connect(settings)) {
            connection.setAutoCommit(false); // a page at a time
            OperatorAudit.write(connection, "read", "audit");
            try (PreparedStatement acts = connection.prepareStatement(ACTS)) {
                acts.setFetchSize(1_000);
                acts.setTimestamp(1, Timestamp.from(PointInTime.parse("--since", since, clock.instant())));
                acts.setString(2, actor);
                acts.setString(3, actor);
                acts.setString(4, action);
                acts.setString(5, action);
                try (ResultSet act = acts.executeQuery()) {
                    while (act.next()) {
                        print(act);
                    }
                }
            }
            connection.commit();
        }
        return 0;
    }

    private void print(ResultSet act) throws SQLException {
        List<String> words = new ArrayList<>();
        words.add(WireTime.format(act.getTimestamp("at").toInstant()));
        for (String column : List.of("actor", "action", "object", "address")) {
            String text = act.getString(column);
            words.add(text.matches("[ -~]*") ? text : Printable.quoted(text));
        }
        out.println(String.join("  ", words));
    }
}
