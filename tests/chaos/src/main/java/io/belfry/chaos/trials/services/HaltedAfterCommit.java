package io.belfry.chaos.trials.services;

import static org.awaitility.Awaitility.await;

import io.belfry.chaos.harness.Arena;
import io.belfry.chaos.harness.Attempt;
import io.belfry.chaos.harness.Outcome;
import io.belfry.chaos.load.Load;
import io.belfry.kit.database.Database.Entry;
import io.belfry.kit.kafka.Events;
import io.belfry.localstack.process.ProcessFailedException;
import io.belfry.localstack.system.Service;
import io.belfry.localstack.system.ServiceKind;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Persisters that halt between a commit and its announcement, again and again while events come. */
public final class HaltedAfterCommit implements Attempt {

    private static final int HALTS = 200;

    /**
     * A group misses its dead for 10 s, during which nothing is read: all of these halt once in each such round. One
     * thread each, so that each has a part of the 6 partitions.
     */
    private static final int PERSISTERS = 4;

    private static final String FAILPOINTS = "BELFRY_FAILPOINTS";
    private static final String HALTED = "exit code 137";
    private static final int RECIPIENTS = 3;
    private static final int RECORDS_PER_SECOND = 60;
    private static final Duration LIFE = Duration.ofMinutes(2);
    private static final Duration ANNOUNCED = Duration.ofSeconds(30);

    @Override
    public Arena arena() {
        return Arena.own(
                "halted",
                stack -> stack.count(ServiceKind.GATEWAY, 0)
                        .count(ServiceKind.PERSISTER, PERSISTERS)
                        .with("BELFRY_PERSISTER_THREADS", "1")
                        .with(FAILPOINTS, "persister.halt-after-commit=0.2"));
    }

    @Override
    public void run(Arena arena) {
        int halts = arena.count(HALTS, PERSISTERS);
        arena.outcome().times(halts);
        List<Long> users = arena.system().platform().newUserIds(30);
        Set<Entry> leftSilent = ConcurrentHashMap.newKeySet();
        AtomicInteger left = new AtomicInteger(halts);
        Load load = arena.load().events(users, RECIPIENTS, RECORDS_PER_SECOND);
        long began = System.nanoTime();
        List<Service> halting = arena.system().stack().services(ServiceKind.PERSISTER);
        halting.stream()
                .map(persister -> arena.later(() -> {
                    while (haltsOnce(persister, left)) {
                        leftSilent.addAll(without(stored(arena, users), announced(arena)));
                    }
                    return persister;
                }))
                .toList()
                .forEach(CompletableFuture::join);
        Duration each = Arena.since(began).dividedBy(halts);
        load.finish();

        Service steady = arena.system().stack().add(ServiceKind.PERSISTER, Map.of(FAILPOINTS, ""));
        steady.start();
        arena.outcome().recoveredIn(arena.untilDrained());
        Set<Entry> stored = stored(arena, users);
        Arena.until(
                "all is announced",
                ANNOUNCED,
                () -> without(stored, announced(arena)).isEmpty());
        arena.outcome()
                .measured(
                        "one in %s; %d of %d entries stored and not announced when one halted, 0 in the end",
                        Outcome.seconds(each), leftSilent.size(), stored.size())
                .check(!leftSilent.isEmpty(), "no halt left an entry without a word: it was not tried")
                .check(without(announced(arena), stored).isEmpty(), "something was announced that is not stored");
    }

    /** Lets it work until it halts; false when all of them were given away. */
    private static boolean haltsOnce(Service persister, AtomicInteger left) {
        if (left.getAndDecrement() <= 0) {
            return false;
        }
        try {
            persister.start();
        } catch (ProcessFailedException failed) {
            if (!String.valueOf(failed.getMessage()).contains(HALTED)) {
                throw failed;
            }
            return true; // before it was asked whether it is ready
        }
        await(persister.name() + " halts").atMost(LIFE).until(() -> !persister.isRunning());
        return true;
    }

    private static Set<Entry> stored(Arena arena, List<Long> users) {
        return arena.system().database().entries(users);
    }

    /** Who was told of what, as of now. */
    private static Set<Entry> announced(Arena arena) {
        return Set.copyOf(Events.announced(arena.system().events().read(Events.STORED)));
    }

    private static Set<Entry> without(Set<Entry> all, Set<Entry> those) {
        Set<Entry> left = new HashSet<>(all);
        left.removeAll(those);
        return left;
    }
}
