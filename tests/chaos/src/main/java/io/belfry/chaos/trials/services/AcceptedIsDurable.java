package io.belfry.chaos.trials.services;

import io.belfry.chaos.harness.Arena;
import io.belfry.chaos.harness.Attempt;
import io.belfry.chaos.load.Load;
import io.belfry.chaos.load.OperationLog.End;
import java.time.Duration;
import java.util.List;

/**
 * The api, and now and then the broker, are killed while sends are being accepted. What was not answered is tried again
 * under its key, so each send has to be there exactly once.
 */
public final class AcceptedIsDurable implements Attempt {

    private static final int SENDS = 100_000;
    private static final int SENDS_PER_SECOND = 2_000;
    private static final int API_KILLS = 20;
    private static final int BROKER_KILLS = 5;

    @Override
    public void run(Arena arena) {
        int apiKills = arena.count(API_KILLS, 2);
        int brokerKills = arena.count(BROKER_KILLS, 1);
        int wanted = arena.count(SENDS, 400);
        arena.outcome().times(apiKills + brokerKills);
        List<Long> users = arena.system().platform().newUserIds(100);
        arena.watch(users.subList(0, 6));
        Load load = arena.load().sends(users, 1, arena.count(SENDS_PER_SECOND, 200));
        for (int i = 0; i < apiKills + brokerKills; i++) {
            awaitAccepted(arena, wanted * (i + 1) / (apiKills + brokerKills + 1));
            // The brokers' turns are spread evenly among the apis'.
            boolean broker =
                    (i + 1) * brokerKills / (apiKills + brokerKills) > i * brokerKills / (apiKills + brokerKills);
            if (broker) {
                arena.system().servers().kafka().kill();
            } else {
                arena.system().apiService().kill();
            }
            int acceptedBefore = arena.log().count(End.OK);
            arena.system().heal();
            long healed = System.nanoTime();
            awaitAccepted(arena, acceptedBefore + 1);
            arena.outcome().recoveredIn(Arena.since(healed));
        }
        awaitAccepted(arena, wanted);
        load.finish();
        int accepted = arena.log().count(End.OK);
        int retried = load.retryUnknown();
        arena.untilDrained();
        arena.outcome()
                .measured("sent at %s", load.pace())
                .measured("%,d accepted, %,d unknown and tried again", accepted, retried);
    }

    private static void awaitAccepted(Arena arena, int count) {
        Arena.until(
                count + " sends are accepted",
                Duration.ofMinutes(10),
                () -> arena.log().count(End.OK) >= count);
    }
}
