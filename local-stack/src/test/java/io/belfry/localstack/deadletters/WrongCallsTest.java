package io.belfry.localstack.deadletters;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.events.Topics;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Wrong arguments are told before any broker is asked. */
class WrongCallsTest {

    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                                            | usage: ./dev dead-letters
            delete                                        | usage: ./dev dead-letters
            list all                                      | what is this: "all"
            list --topc notifications.requested           | there is no option --topc
            list --max-rate 5                             | there is no option --max-rate
            list --dry-run                                | there is no option --dry-run
            list --topic                                  | --topic needs a value
            list --topic --reason empty                   | --topic needs a value
            list --reason empty --reason empty            | --reason is given twice
            list --topic notifications.stored             | no topic of dead letters
            list --topic notifications.requested.dlt.dlt  | no topic of dead letters
            list --reason poisonous                       | --reason: there is no "poisonous"
            list --since yesterday                        | --since: neither a time
            list --since 12                               | --since: neither a time
            list --since 1.5h                             | --since: neither a time
            list --since -1h                              | --since: neither a time
            list --since 1h30m                            | --since: neither a time
            list --since 9999999d                         | --since: neither a time
            list --until 2026-11-24                       | --until: neither a time
            list --until 2026-11-24T08:00:00              | --until: neither a time
            list --until 2026-13-24T08:00:00Z             | --until: neither a time
            list --until +12026-11-24T08:00:00Z           | --until: neither a time
            list --since 1h --until 2h                    | --since must be earlier
            list --since 1h --until 60m                   | --since must be earlier
            show                                          | usage: ./dev dead-letters show
            show notifications.requested 0                | usage: ./dev dead-letters show
            show notifications.requested 0 0 0            | usage: ./dev dead-letters show
            show notifications.stored 0 0                 | no topic of dead letters
            show notifications.requested -1 0             | not the number of a partition
            show notifications.requested 0 last           | not the number of an offset
            show notifications.requested 0 9999999999999999999 | not the number of an offset
            show notifications.requested 0 0 --topic x    | there is no option --topic
            replay now                                    | what is this: "now"
            replay --max-rate 0                           | --max-rate: not a whole number
            replay --max-rate 10001                       | --max-rate: not a whole number
            replay --max-rate 1.5                         | --max-rate: not a whole number
            replay --max-rate fast                        | --max-rate: not a whole number
            replay --dry-run --dry-run                    | --dry-run is given twice
            replay --to-topic inbox.commands.dlt          | --to-topic: only the persister
            replay --to-topic platform.users              | --to-topic: what is newest
            """)
    void areOneClearLineAndExitCodeTwo(String call, String line) {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        DeadLetterTool tool = new DeadLetterTool(
                "nobody.invalid:1",
                new Topics(""),
                Clock.systemUTC(),
                new PrintStream(output, true, StandardCharsets.UTF_8),
                new PrintStream(errors, true, StandardCharsets.UTF_8));

        int exitCode = tool.run(call.isEmpty() ? List.of() : List.of(call.split(" ")));

        assertThat(exitCode).isEqualTo(2);
        assertThat(errors.toString(StandardCharsets.UTF_8)).startsWith(line).hasLineCount(1);
        assertThat(output.size()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "30s,2026-11-24T11:59:30Z",
        "90m,2026-11-24T10:30:00Z",
        "2h,2026-11-24T10:00:00Z",
        "7d,2026-11-17T12:00:00Z",
        "999999d,1970-01-01T00:00:00Z",
        "2026-11-24T08:00:00Z,2026-11-24T08:00:00Z",
        "2026-11-24T08:00:00.125+02:00,2026-11-24T06:00:00.125Z"
    })
    void timesThatAreUnderstood(String text, Instant time) {
        assertThat(Moment.parse("--since", text, NOW)).isEqualTo(time);
    }

    @Test
    void aTopicIsKnownByItsShortAndItsWholeName() {
        Topics topics = new Topics("school.");

        for (String name :
                List.of("inbox.commands", "inbox.commands.dlt", "school.inbox.commands", "school.inbox.commands.dlt")) {
            assertThat(Selection.deadLetterTopic(topics, name)).isEqualTo("school.inbox.commands.dlt");
        }
    }
}
