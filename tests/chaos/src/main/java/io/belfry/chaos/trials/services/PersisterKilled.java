package io.belfry.chaos.trials.services;

import static org.awaitility.Awaitility.await;

import io.belfry.chaos.harness.Arena;
import io.belfry.chaos.harness.Attempt;
import io.belfry.chaos.load.Load;
import java.time.Duration;
import java.util.List;

/** Persisters are killed again and again while they write, in turns one of the two and both. */
public final class PersisterKilled implements Attempt {

    private static final int RECORDS_PER_SECOND = 2_000;
    private static final int KILLS = 20;
    private static final int RECIPIENTS = 10;
    private static final int WATCHED = 6;

    @Override
    public void run(Arena arena) {
        int kills = arena.count(KILLS, 2);
        arena.outcome().times(kills);
        List<Long> users = arena.system().platform().newUserIds(40);
        arena.watch(users.subList(0, WATCHED));
        Load load = arena.load().events(users, RECIPIENTS, arena.count(RECORDS_PER_SECOND, 100));
        for (int i = 0; i < kills; i++) {
            int before = load.sent();
            await().atMost(Duration.ofMinutes(1)).until(() -> load.sent() > before + 20);
            arena.system().persister(1 + i % 2).kill();
            if (i % 2 == 1) {
                arena.system().persister(1).kill();
            }
            long killed = System.nanoTime();
            arena.system().heal();
            arena.untilStored(users);
            arena.outcome().recoveredIn(Arena.since(killed));
        }
    }
}
