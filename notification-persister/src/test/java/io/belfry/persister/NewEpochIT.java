package io.belfry.persister;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.belfry.persister.restore.NewEpochCommand;
import io.belfry.persister.support.PersisterTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command that ends a restore, beside a persister and without one. */
class NewEpochIT extends PersisterTest {

    private static final long SKIPPED = 10_000_000_000L;

    @Test
    void refusesBesideAPersister() throws InterruptedException {
        try (var persister = PersisterMain.start(installation.settings())) {
            awaitReady(persister);
            long idBefore = nextId();
            String before = epoch();
            assertThat(run()).isEqualTo(1);
            assertThat(epoch()).isEqualTo(before);
            assertThat(nextId()).isEqualTo(idBefore + 1);

            assertThat(run("--running")).isZero();
            assertThat(epoch()).isNotEqualTo(before).matches("[A-Za-z0-9_-]{1,64}");
            assertThat(nextId()).isGreaterThanOrEqualTo(idBefore + SKIPPED);
        }
        String before = epoch();
        assertThat(run("--since", "2026-01-01T00:00:00Z")).isZero();
        assertThat(epoch()).isNotEqualTo(before);
    }

    /** As a process: what a script reads is its lines and nothing else. */
    @Test
    void saysOnItsOutputWhatItDidAndNothingElse() throws Exception {
        Process command = newEpoch("--since", "2026-01-01T00:00:00Z");
        String output = new String(command.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(command.waitFor()).isZero();
        assertThat(output.lines())
                .satisfiesExactly(
                        line -> assertThat(line)
                                .startsWith("epoch " + epoch() + "; notifications from now on above ")
                                .endsWith(" are not applied"),
                        line -> assertThat(line).startsWith("requests are handled again from {"));
    }

    @Test
    void saysOnStandardErrorWhatIsWrong() throws Exception {
        Process command = newEpoch("--since", "yesterday");
        assertThat(command.getInputStream().readAllBytes()).isEmpty();
        assertThat(command.waitFor()).isEqualTo(2);
        assertThat(Path.of("target", "new-epoch.err")).content().contains("usage: new-epoch");
    }

    private Process newEpoch(String... arguments) throws IOException {
        installation.migrated();
        installation.createTopic(installation.topics().requested());
        installation.createTopic(installation.topics().commands());
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                PersisterMain.class.getName(),
                NewEpochCommand.NAME));
        command.addAll(List.of(arguments));
        ProcessBuilder process = new ProcessBuilder(command)
                .redirectError(Path.of("target", "new-epoch.err").toFile());
        process.environment().putAll(installation.environment());
        return process.start();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--since", "--since yesterday", "--now", "--running --since 2026-01-01T00:00:00Z"})
    void saysHowItIsCalled(String arguments) {
        assertThatThrownBy(() -> run(arguments.split(" ", -1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--since");
    }

    private int run(String... arguments) throws InterruptedException {
        return new NewEpochCommand(installation.settings(), PersisterConfiguration.GROUP)
                .run(List.copyOf(Arrays.asList(arguments)));
    }

    private String epoch() {
        return jdbc.sql("SELECT current_epoch()").query(String.class).single();
    }

    private long nextId() {
        return jdbc.sql("SELECT nextval(pg_get_serial_sequence('notification', 'id'))")
                .query(Long.class)
                .single();
    }
}
