package io.belfry.e2e.promises;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The trials as small as they mean something, of those promises that no other test tries as hard. */
class PromisesIT {

    private static final Scale SMALL = new Scale(0.01);

    static List<Named> trials() {
        return List.of(
                        new HaltedAfterCommit(),
                        new PersisterFrozen(),
                        new BrokerGone(),
                        new SendsRetried(),
                        new ChangesAsked(),
                        FramesLost.quick(),
                        HalfOpenSockets.quick(),
                        new RedisGone(),
                        new ListenerDies(),
                        new LettersReplayed(),
                        new BackupRestored())
                .stream()
                .map(Named::new)
                .toList();
    }

    record Named(Trial trial) {
        @Override
        public String toString() {
            return trial.promise() + ": " + trial.fault();
        }
    }

    @ParameterizedTest
    @MethodSource("trials")
    void isKept(Named named) {
        try (Arena arena = named.trial().arena()) {
            Outcome outcome = named.trial().run(arena, SMALL);
            System.out.println(Table.row(named.trial(), outcome));
            assertThat(outcome.failures()).isEmpty();
        }
    }
}
