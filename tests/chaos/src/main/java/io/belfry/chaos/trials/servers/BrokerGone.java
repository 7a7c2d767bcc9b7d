package io.belfry.chaos.trials.servers;

import io.belfry.chaos.harness.Arena;
import io.belfry.chaos.harness.Attempt;
import io.belfry.chaos.harness.Outcome;
import io.belfry.chaos.load.Load;
import io.belfry.chaos.load.OperationLog;
import io.belfry.chaos.load.OperationLog.End;
import io.belfry.chaos.load.OperationLog.Operation;
import java.time.Duration;
import java.util.List;

/**
 * Kafka is killed, frozen, and behind a black hole for the api alone: who sends is told soon, and never that a send was
 * accepted which was not.
 */
public final class BrokerGone implements Attempt {

    private static final Duration GONE = Duration.ofMinutes(1);
    private static final Duration ANSWER = Duration.ofSeconds(3);
    private static final Duration FIRST_ACCEPTED = Duration.ofSeconds(15);
    private static final int SENDS_PER_SECOND = 100;
    private static final int WARM = 50;

    @Override
    public Arena arena() {
        return Arena.apiBehindProxy("p7");
    }

    @Override
    public void run(Arena arena) {
        Duration gone = arena.time(GONE, Duration.ofSeconds(8));
        arena.outcome().times(3).measured("gone %d s each time", gone.toSeconds());
        List<Long> users = arena.system().platform().newUserIds(20);
        arena.watch(users.subList(0, 4));
        Load load = arena.load().sends(users, 1, arena.count(SENDS_PER_SECOND, 10));
        var kafka = arena.system().servers().kafka();
        // Not the first sends of a process, which are slow by themselves: a quick form has so few that one decides.
        Arena.until(
                "sends are accepted", Duration.ofMinutes(1), () -> arena.log().count(End.OK) >= WARM);

        kafka.kill();
        told(arena, "killed", gone);
        kafka.start();
        arena.outcome().recoveredIn(awaitFirstOk(arena, System.nanoTime()), FIRST_ACCEPTED);

        Arena.frozen(kafka, () -> told(arena, "frozen", gone));
        arena.outcome().recoveredIn(awaitFirstOk(arena, System.nanoTime()), FIRST_ACCEPTED);

        arena.kafkaProxy().blackhole();
        told(arena, "black hole", gone);
        arena.kafkaProxy().heal();
        arena.outcome().recoveredIn(awaitFirstOk(arena, System.nanoTime()), FIRST_ACCEPTED);

        load.finish();
        load.retryUnknown();
    }

    private static Outcome told(Arena arena, String how, Duration gone) {
        long began = System.nanoTime();
        Arena.pass(gone);
        List<Operation> during = arena.log().begun(began, System.nanoTime());
        // Those of the last moments are answered when it is back, which need not be waited for.
        List<Operation> due = arena.log().begun(began, System.nanoTime() - ANSWER.toNanos());
        Duration slow = OperationLog.answeredWithin(0.99, due);
        long accepted = during.stream().filter(each -> each.how() == End.OK).count();
        return arena.outcome()
                .measured("%s: %d sends, 99 %% answered in %s", how, during.size(), Outcome.seconds(slow))
                .inTime(ANSWER, how + ": the answers' p99", slow)
                .check(accepted == 0, "%s: %d sends were accepted meanwhile", how, accepted);
    }

    private static Duration awaitFirstOk(Arena arena, long since) {
        Arena.until(
                "a send is accepted", Duration.ofMinutes(1), () -> arena.log().firstOk(since) != 0);
        return Duration.ofNanos(arena.log().firstOk(since) - since);
    }
}
