package io.belfry.admin.deadletters;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.admin.AdminSettings;
import io.belfry.admin.Outcome;
import io.belfry.admin.PointInTime;
import io.belfry.events.names.Topics;
import io.belfry.runtime.kafka.KafkaAccess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Wrong arguments are told before any broker is asked. */
class WrongCallsTest {

    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``                                            | Missing required subcommand
            delete                                        | Unmatched argument at index 1: 'delete'
            list all                                      | Unmatched argument at index 2: 'all'
            list --topc notifications.requested           | Unknown options: '--topc', 'notifications.requested'
            list --max-rate 5                             | Unknown options: '--max-rate', '5'
            list --dry-run                                | Unknown option: '--dry-run'
            list --topic                                  | Missing required parameter for option '--topic'
            list --topic --reason empty                   | Expected parameter for option '--topic' but found '--reason'
            list --reason empty --reason empty            | option '--reason' (<code>) should be specified only once
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
            show                                          | Missing required parameters: '<topic>', '<partition>', '<offset>'
            show notifications.requested 0                | Missing required parameter: '<offset>'
            show notifications.requested 0 0 0            | Unmatched argument
            show notifications.stored 0 0                 | no topic of dead letters
            show notifications.requested -1 0             | not the number of a partition
            show notifications.requested 0 last           | Invalid value for positional parameter at index 2 (<offset>)
            show notifications.requested 0 9999999999999999999 | Invalid value for positional parameter at index 2 (<offset>)
            show notifications.requested 0 0 --topic x    | Unknown option
            replay now                                    | Unmatched argument
            replay --max-rate 0                           | --max-rate: not a whole number
            replay --max-rate 10001                       | --max-rate: not a whole number
            replay --max-rate 1.5                         | Invalid value for option '--max-rate'
            replay --max-rate fast                        | Invalid value for option '--max-rate'
            replay --dry-run --dry-run                    | option '--dry-run' should be specified only once
            replay --to-topic inbox.commands.dlt          | --to-topic: only the persister
            replay --to-topic platform.users              | --to-topic: what is newest
            """)
    void areOneClearLineAndExitCodeTwo(String call, String line) {
        List<String> words = new ArrayList<>(List.of("dead-letters"));
        words.addAll(call.isEmpty() ? List.of() : List.of(call.split(" ")));

        Outcome outcome = run("nowhere.invalid:1", words);

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.errors()).startsWith(line).hasLineCount(1);
        assertThat(outcome.output()).isEmpty();
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
        assertThat(PointInTime.parse("--since", text, NOW)).isEqualTo(time);
    }

    @Test
    void aBrokerThatIsNotThereIsOneClearLine() throws IOException {
        String nowhere;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nowhere = "127.0.0.1:" + closed.getLocalPort();
        }

        Outcome outcome = run(nowhere, List.of("dead-letters", "list"));

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.errors()).startsWith("Kafka at " + nowhere).hasLineCount(1);
    }

    private static Outcome run(String broker, List<String> words) {
        return Outcome.of(
                new AdminSettings(KafkaAccess.plain(broker), new Topics(""), "", "", ""), words.toArray(String[]::new));
    }
}
