package io.belfry.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.chaos.harness.Arena;
import io.belfry.chaos.harness.Outcome;
import io.belfry.chaos.harness.Scale;
import io.belfry.chaos.harness.Trial;
import io.belfry.chaos.trials.clients.ChangesAsked;
import io.belfry.chaos.trials.clients.ClientsCut;
import io.belfry.chaos.trials.clients.FramesLost;
import io.belfry.chaos.trials.clients.HalfOpenSockets;
import io.belfry.chaos.trials.servers.BackupRestored;
import io.belfry.chaos.trials.servers.BrokerGone;
import io.belfry.chaos.trials.servers.DatabaseGone;
import io.belfry.chaos.trials.servers.DeadLettersReplayed;
import io.belfry.chaos.trials.servers.ListenerDies;
import io.belfry.chaos.trials.servers.RedisGone;
import io.belfry.chaos.trials.services.AcceptedIsDurable;
import io.belfry.chaos.trials.services.HaltedAfterCommit;
import io.belfry.chaos.trials.services.PersisterFrozen;
import io.belfry.chaos.trials.services.SendsRetried;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The trials as small as they mean something, of those promises that no other test tries as hard. */
class PromisesIT {

    private static final Scale SMALL = new Scale(0.01);

    static List<Trial> trials() {
        return List.of(
                new AcceptedIsDurable(),
                new HaltedAfterCommit(),
                new DatabaseGone(),
                new PersisterFrozen(),
                new BrokerGone(),
                new SendsRetried(),
                new ClientsCut(),
                new ChangesAsked(),
                FramesLost.quick(),
                HalfOpenSockets.quick(),
                new RedisGone(),
                new ListenerDies(),
                new DeadLettersReplayed(),
                new BackupRestored());
    }

    @ParameterizedTest
    @MethodSource("trials")
    void isKept(Trial trial) {
        try (Arena arena = trial.arena()) {
            Outcome outcome = trial.run(arena, SMALL);
            System.out.println(outcome.row(trial));
            assertThat(outcome.failures()).isEmpty();
        }
    }
}
