package io.belfry.chaos;

import io.belfry.chaos.harness.Attempt;
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
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What there is to try, by the number of the promise. */
public final class Trials {

    /** @param quick the form of it that means something within seconds; null where another test tries as hard */
    private record Entry(
            String promise,
            String fault,
            Attempt asPromised,
            @Nullable Attempt quick) {}

    private static final List<Entry> ENTRIES = List.of(
            quickToo("P1", "kill -9 of the api and of Kafka while they accept", new AcceptedIsDurable()),
            inFullOnly("P2", "kill -9 of persisters under load", new PersisterKilled()),
            quickToo("P3", "persisters that halt between commit and announcement", new HaltedAfterCommit()),
            quickToo("P4", "PostgreSQL stopped, then frozen", new DatabaseGone()),
            inFullOnly("P5", "1 % poison of every kind", new PoisonInTheStream()),
            quickToo("P6", "a persister frozen past its session and woken; members come and go", new PersisterFrozen()),
            quickToo("P7", "Kafka killed, then frozen, then behind a black hole", new BrokerGone()),
            quickToo("P8", "one key 50 times at once on two apis; an api killed before it answers", new SendsRetried()),
            quickToo(
                    "P9",
                    "clients' networks cut by RST, FIN and black hole; pages offline and reloaded",
                    new ClientsCut()),
            quickToo(
                    "P10",
                    "changes asked that name 499, 500, 501, or cannot be known, under writing",
                    new ChangesAsked()),
            new Entry(
                    "P11",
                    "pushes dropped on sockets that stay open",
                    new FramesLost(0.01, Duration.ofMinutes(1)),
                    new FramesLost(0.3, Duration.ofSeconds(10))),
            inFullOnly("P12", "kill -9 of the gateway that holds all sockets", new GatewayKilled()),
            inFullOnly("P13", "SIGTERM to a gateway under load", new GatewayDrained()),
            new Entry(
                    "P14",
                    "clients' network swallows everything, without a FIN",
                    HalfOpenSockets.asPromised(),
                    HalfOpenSockets.quick()),
            inFullOnly("P15", "a client that never reads", new SlowConsumer()),
            quickToo("P16", "Redis killed, then frozen", new RedisGone()),
            quickToo("P24", "a reading thread of the persister dies of a StackOverflowError", new ListenerDies()),
            quickToo("P25", "dead letters of a course that was unknown, replayed twice", new DeadLettersReplayed()),
            quickToo("P26", "a backup put back, the epoch changed, requests handled again", new BackupRestored()),
            inFullOnly(
                    "P27",
                    "2 persisters, 2 apis and 2 gateways replaced under load, with a migration",
                    new NextVersionRolled()));

    private Trials() {}

    private static Entry quickToo(String promise, String fault, Attempt attempt) {
        return new Entry(promise, fault, attempt, attempt);
    }

    private static Entry inFullOnly(String promise, String fault, Attempt attempt) {
        return new Entry(promise, fault, attempt, null);
    }

    public static List<Trial> all() {
        return ENTRIES.stream()
                .map(entry -> new Trial(entry.promise, entry.fault, entry.asPromised))
                .toList();
    }

    /** Of those promises that no test tries as hard, in forms that mean something within seconds. */
    public static List<Trial> quick() {
        return ENTRIES.stream()
                .flatMap(entry ->
                        Stream.ofNullable(entry.quick).map(attempt -> new Trial(entry.promise, entry.fault, attempt)))
                .toList();
    }
}
