package io.belfry.chaos.trials.services;

import io.belfry.chaos.harness.Arena;
import io.belfry.chaos.harness.Attempt;
import io.belfry.localstack.system.Service;
import java.time.Duration;
import java.util.List;

/**
 * A persister is frozen for longer than its session, another takes over what it was about to write, and it wakes up; then
 * one comes and goes. Its records are written by two who each believe that they are alone.
 */
public final class PersisterFrozen implements Attempt {

    private static final int FREEZES = 10;
    private static final int COMINGS = 24;
    private static final Duration FROZEN = Duration.ofMinutes(1);
    /** Over the session of 10 s, and the 5 s after which the database ends what a frozen one has begun. */
    private static final Duration LEAST = Duration.ofSeconds(20);

    @Override
    public void run(Arena arena) {
        int freezes = arena.count(FREEZES, 1);
        int comings = arena.count(COMINGS, 2);
        Duration frozen = arena.time(FROZEN, LEAST);
        arena.outcome().times(freezes + comings).measured("frozen %d s each time", frozen.toSeconds());
        List<Long> users = arena.system().platform().newUserIds(40);
        arena.watch(users.subList(0, 6));
        arena.load().events(users, 10, arena.count(2_000, 100));
        arena.untilStored(users);
        for (int i = 0; i < freezes; i++) {
            Service zombie = arena.system().persister(1 + i % 2);
            zombie.suspend();
            try {
                long suspended = System.nanoTime();
                arena.outcome().recoveredIn(arena.untilStored(users), Duration.ofSeconds(45));
                Arena.pass(frozen, suspended);
            } finally {
                zombie.resume();
            }
            arena.untilStored(users);
        }
        for (int i = 0; i < comings; i++) {
            Service member = arena.system().persister(1 + i % 2);
            member.stop();
            member.start();
        }
    }
}
