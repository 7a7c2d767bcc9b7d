package io.belfry.chaos;

import io.belfry.chaos.harness.Trial;
import io.belfry.chaos.trials.clients.ChangesAsked;
import io.belfry.chaos.trials.clients.ClientsCut;
import io.belfry.chaos.trials.clients.FramesLost;
import io.belfry.chaos.trials.clients.HalfOpenSockets;
import io.belfry.chaos.trials.clients.SlowConsumer;
import io.belfry.chaos.trials.servers.BackupRestored;
import io.belfry.chaos.trials.servers.BrokerGone;
import io.belfry.chaos.trials.servers.DatabaseGone;
import io.belfry.chaos.trials.servers.DeadLettersReplayed;
import io.belfry.chaos.trials.servers.ListenerDies;
import io.belfry.chaos.trials.servers.PoisonInTheStream;
import io.belfry.chaos.trials.servers.RedisGone;
import io.belfry.chaos.trials.services.AcceptedIsDurable;
import io.belfry.chaos.trials.services.GatewayDrained;
import io.belfry.chaos.trials.services.GatewayKilled;
import io.belfry.chaos.trials.services.HaltedAfterCommit;
import io.belfry.chaos.trials.services.NextVersionRolled;
import io.belfry.chaos.trials.services.PersisterFrozen;
import io.belfry.chaos.trials.services.PersisterKilled;
import io.belfry.chaos.trials.services.SendsRetried;
import java.util.List;

/** What there is to try, by the number of the promise. */
public final class Trials {

    private Trials() {}

    /** Of those promises that no test tries as hard, in forms that mean something within seconds. */
    public static List<Trial> quick() {
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

    public static List<Trial> all() {
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
                new SlowConsumer(),
                new RedisGone(),
                new ListenerDies(),
                new DeadLettersReplayed(),
                new BackupRestored(),
                new NextVersionRolled());
    }
}
