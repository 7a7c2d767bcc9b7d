package io.belfry.persister;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.belfry.persister.restore.NewEpochCommand;
import io.belfry.persister.support.PersisterTest;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command that ends a restore, beside a persister and without one. */
class NewEpochIT extends PersisterTest {

    private static final long SKIPPED = 10_000_000_000L;

    @Test
    void refusesBesideAPersisterThatKnowsTheOldPositions() throws InterruptedException {
        try (var persister = PersisterMain.start(installation.environment())) {
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
