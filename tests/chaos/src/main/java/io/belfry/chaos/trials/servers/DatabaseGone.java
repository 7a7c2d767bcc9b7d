package io.belfry.chaos.trials.servers;

import io.belfry.chaos.harness.Arena;
import io.belfry.chaos.harness.Attempt;
import io.belfry.chaos.harness.Outcome;
import io.belfry.kit.kafka.Events;
import io.belfry.kit.system.Figures;
import io.belfry.localstack.system.Service;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** PostgreSQL is stopped for longer than a poll may take, and then frozen: everything waits. */
public final class DatabaseGone implements Attempt {

    private static final Duration STOPPED = Duration.ofMinutes(10);
    private static final Duration FROZEN = Duration.ofMinutes(1);
    private static final Duration RECOVERY = Duration.ofMinutes(2);
    private static final Duration TOLD = Duration.ofSeconds(10);
    private static final String UP = "belfry_server_up";

    @Override
    public void run(Arena arena) {
        Duration stopped = arena.time(STOPPED, Duration.ofSeconds(10));
        Duration frozen = arena.time(FROZEN, Duration.ofSeconds(12));
        arena.outcome().times(2).measured("stopped %d s, frozen %d s", stopped.toSeconds(), frozen.toSeconds());
        List<Long> users = arena.system().platform().newUserIds(40);
        arena.watch(users.subList(0, 6));
        int deadBefore = arena.system().events().read(Events.DEAD_LETTERS).size();
        arena.load().events(users, 10, arena.count(1_000, 50));
        arena.untilStored(users);
        List<Service> persisters =
                List.of(arena.system().persister(1), arena.system().persister(2));
        double rebalancesBefore = rebalances(persisters);
        arena.outcome().check(rebalancesBefore > 0, "no figure tells of the rebalance that everything begins with");

        var postgres = arena.system().servers().postgres();
        postgres.stop();
        arena.outcome().measured("stopped: told after %s", told(arena, persisters, stopped));
        postgres.start();
        returned(arena, users, persisters);

        arena.outcome()
                .measured("frozen: told after %s", Arena.frozen(postgres, () -> told(arena, persisters, frozen)));
        returned(arena, users, persisters);
        double rebalances = rebalances(persisters) - rebalancesBefore;
        arena.outcome()
                .measured("%.0f rebalances", rebalances)
                .check(rebalances == 0, "%.0f rebalances were caused by it", rebalances);

        arena.untilDrained();
        int dead = arena.system().events().read(Events.DEAD_LETTERS).size() - deadBefore;
        arena.outcome().check(dead == 0, "%d dead letters", dead);
    }

    /** Lets the time pass; returns how long it took until the figures of all persisters told of it. */
    private static String told(Arena arena, List<Service> persisters, Duration time) {
        long began = System.nanoTime();
        Duration told = untilUp(persisters, 0);
        arena.outcome().inTime(TOLD, "told", told);
        Arena.pass(time, began);
        arena.outcome().check(isUp(persisters, 0), "%s is not 0 while the database is gone", UP);
        return Outcome.seconds(told);
    }

    private static void returned(Arena arena, List<Long> users, List<Service> persisters) {
        CompletableFuture<Duration> told = arena.later(() -> untilUp(persisters, 1));
        arena.outcome().recoveredIn(arena.untilStored(users), RECOVERY);
        arena.outcome().inTime(TOLD, "its return told", told.join());
    }

    private static Duration untilUp(List<Service> persisters, int as) {
        return Arena.until(UP + " is " + as, TOLD.multipliedBy(3), () -> isUp(persisters, as));
    }

    private static boolean isUp(List<Service> persisters, int as) {
        return persisters.stream().allMatch(each -> Figures.of(each).sum(UP, "server=\"postgresql\"") == as);
    }

    private static double rebalances(List<Service> persisters) {
        return persisters.stream()
                .mapToDouble(each -> Figures.of(each).sum("kafka_consumer_coordinator_rebalance_total"))
                .sum();
    }
}
