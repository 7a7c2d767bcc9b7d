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
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * The trials as small as they mean something, of those promises that no other test tries as hard. Most of a trial is waiting, so
 * two run at a time: of different groups, and none beside those that break the servers that it stands on.
 */
class PromisesIT {

    static final List<Trial> BREAK_SHARED_SERVERS =
            List.of(new AcceptedIsDurable(), new DatabaseGone(), new SendsRetried(), new RedisGone());
    static final List<Trial> BREAK_OWN_SERVERS = List.of(new BrokerGone());
    static final List<Trial> ON_SHARED_SYSTEM = List.of(
            new PersisterFrozen(),
            new ClientsCut(),
            new ChangesAsked(),
            HalfOpenSockets.quick(),
            new DeadLettersReplayed());
    static final List<Trial> ON_OWN_SYSTEM =
            List.of(new HaltedAfterCommit(), FramesLost.quick(), new ListenerDies(), new BackupRestored());

    private static final String SERVERS = "the servers that all share";
    private static final Scale SMALL = new Scale(0.01);

    static List<Trial> trials() {
        return Stream.of(BREAK_SHARED_SERVERS, BREAK_OWN_SERVERS, ON_SHARED_SYSTEM, ON_OWN_SYSTEM)
                .flatMap(List::stream)
                .toList();
    }

    @Nested
    @Execution(ExecutionMode.CONCURRENT)
    @ResourceLock(SERVERS)
    class BreakingSharedServers {

        @ParameterizedTest
        @Execution(ExecutionMode.SAME_THREAD)
        @FieldSource("io.belfry.chaos.PromisesIT#BREAK_SHARED_SERVERS")
        void isKept(Trial trial) {
            assertKept(trial);
        }
    }

    @Nested
    @Execution(ExecutionMode.CONCURRENT)
    class BreakingOwnServers {

        @ParameterizedTest
        @Execution(ExecutionMode.SAME_THREAD)
        @FieldSource("io.belfry.chaos.PromisesIT#BREAK_OWN_SERVERS")
        void isKept(Trial trial) {
            assertKept(trial);
        }
    }

    @Nested
    @Execution(ExecutionMode.CONCURRENT)
    @ResourceLock(value = SERVERS, mode = ResourceAccessMode.READ)
    class OnSharedSystem {

        @ParameterizedTest
        @Execution(ExecutionMode.SAME_THREAD)
        @FieldSource("io.belfry.chaos.PromisesIT#ON_SHARED_SYSTEM")
        void isKept(Trial trial) {
            assertKept(trial);
        }
    }

    @Nested
    @Execution(ExecutionMode.CONCURRENT)
    @ResourceLock(value = SERVERS, mode = ResourceAccessMode.READ)
    class OnOwnSystem {

        @ParameterizedTest
        @Execution(ExecutionMode.SAME_THREAD)
        @FieldSource("io.belfry.chaos.PromisesIT#ON_OWN_SYSTEM")
        void isKept(Trial trial) {
            assertKept(trial);
        }
    }

    private static void assertKept(Trial trial) {
        try (Arena arena = trial.arena()) {
            Outcome outcome = trial.run(arena, SMALL);
            System.out.println(outcome.row(trial));
            assertThat(outcome.failures()).isEmpty();
        }
    }
}
