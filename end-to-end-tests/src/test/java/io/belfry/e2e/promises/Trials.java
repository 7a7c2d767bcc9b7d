package io.belfry.e2e.promises;

import java.util.Comparator;
import java.util.List;

/** All there are, by the number of their promise. */
final class Trials {

    private Trials() {}

    static List<Trial> all() {
        return List.of(
                        new AcceptedIsDurable(),
                        new PersisterKilled(),
                        new HaltedAfterCommit(),
                        new DatabaseGone(),
                        new PoisonInTheStream(),
                        new PersisterFrozen(),
                        new BrokerGone(),
                        new SendsRetried(),
                        new ClientsCut(),
                        new ChangesAsked(),
                        new FramesLost(),
                        new GatewayKilled(),
                        new GatewayDrained(),
                        HalfOpenSockets.asPromised(),
                        new SlowReader(),
                        new RedisGone(),
                        new ListenerDies(),
                        new LettersReplayed(),
                        new BackupRestored(),
                        new NextVersionRolled())
                .stream()
                .sorted(Comparator.comparingInt(
                        trial -> Integer.parseInt(numbers(trial).get(0).substring(1))))
                .toList();
    }

    /** The promises that it tries: {@code P1}, {@code P8}. */
    static List<String> numbers(Trial trial) {
        return List.of(trial.promise().split(", "));
    }
}
