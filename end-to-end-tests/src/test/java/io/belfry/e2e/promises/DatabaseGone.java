package io.belfry.e2e.promises;

import io.belfry.e2e.system.Events;
import java.time.Duration;
import java.util.List;

/** PostgreSQL is stopped for longer than a poll may take, and then frozen: everything waits. */
final class DatabaseGone implements Trial {

    private static final String DEAD_LETTERS = Events.REQUESTED + ".dlt";
    private static final Duration STOPPED = Duration.ofMinutes(10);
    private static final Duration FROZEN = Duration.ofSeconds(60);
    private static final Duration RECOVERY = Duration.ofSeconds(120);

    @Override
    public String promise() {
        return "P4";
    }

    @Override
    public String fault() {
        return "PostgreSQL stopped, then frozen";
    }

    @Override
    public Outcome run(Arena arena, Scale scale) {
        Duration stopped = scale.time(STOPPED, Duration.ofSeconds(10));
        Duration frozen = scale.time(FROZEN, Duration.ofSeconds(12));
        Outcome.Draft outcome =
                Outcome.of(2).measured("stopped %d s, frozen %d s", stopped.toSeconds(), frozen.toSeconds());
        List<Long> users = arena.system().platform().newUserIds(40);
        arena.watch(users.subList(0, 6));
        int deadBefore = arena.system().events().read(DEAD_LETTERS).size();
        Load load = arena.load().events(users, 10, scale.count(1_000, 50));
        arena.untilStored(users);

        var postgres = arena.system().servers().postgres();
        postgres.stop();
        Arena.pass(stopped);
        postgres.start();
        outcome.recoveredIn(arena.untilStored(users), RECOVERY);

        postgres.suspend();
        try {
            Arena.pass(frozen);
        } finally {
            postgres.resume();
        }
        outcome.recoveredIn(arena.untilStored(users), RECOVERY);

        load.finish();
        arena.untilDrained();
        int dead = arena.system().events().read(DEAD_LETTERS).size() - deadBefore;
        return outcome.check(dead == 0, "%d dead letters", dead).compared(arena.compare());
    }
}
