package io.belfry.admin.deadletters;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.admin.AdminSettings;
import io.belfry.admin.Outcome;
import io.belfry.admin.Schema;
import io.belfry.events.names.Topics;
import io.belfry.kit.servers.TestServers;
import io.belfry.localstack.Infrastructure;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class AuditIT {

    private static final String OPERATOR = "operator:" + System.getProperty("user.name");

    private final Infrastructure servers = TestServers.shared();
    private final String deadLetters;

    @AutoClose
    private final DeadLetterTopics box = new DeadLetterTopics();

    private final String url = servers.postgres().createDatabase();

    AuditIT() throws Exception {
        deadLetters = Topics.deadLetter(box.topics.requested());
        box.deadLetter(box.topics.requested(), "unknown_course", "1", "{}");
    }

    @Test
    void whoLookedAtADeadLetterAndPutItBackStandsInTheLog() throws Exception {
        Schema.create(url, servers.postgres().user());
        run("INSERT INTO audit_log (actor, action, object, address, at) VALUES"
                + " ('user:3', 'send', 'request:r1 course:42', '192.0.2.7', now() - interval '8 days'),"
                + " ('user:3', 'send', 'request:r2 course:42', '192.0.2.7', now() - interval '6 days')");
        run("INSERT INTO notification (event_source, event_id, notification_type, title, message, data, sender_id)"
                + " VALUES ('/\u202eexams', '1', 'message', '', 'Text', '{}', 9)");

        assertThat(run(url, "dead-letters", "show", deadLetters, "0", "0").exitCode())
                .isZero();
        assertThat(run(url, "dead-letters", "replay", "--reason", "unknown_course")
                        .exitCode())
                .isZero();

        assertThat(acts())
                .satisfiesExactly(
                        act -> assertThat(act).endsWith("  user:3  send  request:r2 course:42  192.0.2.7"),
                        act -> assertThat(act)
                                .as("an event of a service, which no terminal obeys")
                                .contains("  \"source:/\\u202eexams\"  event  notification:1 sender:9  -"),
                        act -> assertThat(act).contains("  " + OPERATOR + "  read  " + deadLetters + "-0@0  "),
                        act -> assertThat(act)
                                .contains("  " + OPERATOR + "  replay  dead letters for unknown_course  "),
                        act -> assertThat(act).contains("  " + OPERATOR + "  read  audit  "));
        assertThat(acts("--since", "9d", "--actor", "user:3")).hasSize(2);
        assertThat(acts("--action", "replay")).hasSize(1);
    }

    @Test
    void nothingIsDoneThatTheLogDoesNotHave() throws Exception {

        Outcome refused = run("jdbc:postgresql://127.0.0.1:1/none", "dead-letters", "show", deadLetters, "0", "0");

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.output()).isEmpty();
        assertThat(refused.errors()).contains("--unaudited").hasLineCount(1);
    }

    private List<String> acts(String... options) {
        String[] words = new String[options.length + 1];
        words[0] = "audit";
        System.arraycopy(options, 0, words, 1, options.length);
        return run(url, words).output().lines().toList();
    }

    private Outcome run(String databaseUrl, String... words) {
        return Outcome.of(
                new AdminSettings(
                        box.kafka, box.topics, databaseUrl, servers.postgres().user(), ""),
                words);
    }

    private void run(String sql) throws Exception {
        try (Connection connection =
                        DriverManager.getConnection(url, servers.postgres().user(), "");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
