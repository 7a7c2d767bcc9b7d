package io.belfry.chaos.trials.clients;

import static org.awaitility.Awaitility.await;

import io.belfry.chaos.harness.Arena;
import io.belfry.chaos.harness.Attempt;
import io.belfry.chaos.harness.Outcome;
import io.belfry.chaos.load.Load;
import io.belfry.chaos.load.OperationLog.Operation;
import io.belfry.kit.client.LoadClient;
import io.belfry.kit.database.Item;
import io.belfry.kit.kafka.Events;
import io.belfry.kit.system.Figures;
import io.belfry.localstack.system.ServiceKind;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A gateway that loses frames on sockets that stay open. A client that gets a later frame sees the gap by it; one whose last frame
 * is lost finds it by the check that clients make every so often.
 *
 * @param share of all frames that is lost
 * @param check how often clients check
 */
public record FramesLost(double share, Duration check) implements Attempt {

    private static final int CLIENTS = 500;
    private static final int FRAMES = 100_000;
    private static final int RECIPIENTS = 10;
    private static final int RECORDS_PER_SECOND = 500;

    /** A check's answer, the question that follows and its answer. */
    private static final Duration ANSWERS = Duration.ofSeconds(5);

    /** What a later frame shows is mended by then; of those who have to check, most have not yet. */
    private static final Duration AT_ONCE = Duration.ofSeconds(5);

    private static final int MOST_LAST_FRAMES = 60;

    @Override
    public Arena arena() {
        return Arena.own(
                "lost-frames",
                stack -> stack.with(ServiceKind.GATEWAY, "BELFRY_FAILPOINTS", "gateway.drop-frames=" + share)
                        .with(ServiceKind.GATEWAY, "BELFRY_CHECK_SECONDS", String.valueOf(check.toSeconds())));
    }

    @Override
    public void run(Arena arena) {
        List<Long> users = arena.system().platform().newUserIds(arena.count(CLIENTS, 50));
        int frames = arena.count(FRAMES, 2_000);
        URI gateway = arena.system().gatewayAddress(1);
        List<LoadClient> clients =
                users.stream().map(user -> arena.watchByRule(user, gateway)).toList();
        arena.awaitConnected();
        await("all have their list").until(() -> clients.stream().allMatch(LoadClient::isLoaded));

        Load load = arena.load().events(users, RECIPIENTS, RECORDS_PER_SECOND);
        Arena.until(
                "enough is sent",
                Duration.ofSeconds(4L * frames / RECORDS_PER_SECOND),
                () -> load.sent() >= frames / RECIPIENTS);
        arena.untilDrained();
        untilDelivered(arena);
        // As often as it takes until a client's last frame is among the lost.
        Last last;
        int lastFrames = 0;
        Duration slowest = Duration.ZERO;
        do {
            last = lastFrameToEach(arena, users);
            slowest = Outcome.longest(slowest, last.repaired());
            lastFrames++;
        } while (last.hadToCheck() == 0 && last.wrong() == 0 && lastFrames < MOST_LAST_FRAMES);

        long due = arena.log().operations().stream()
                .map(Operation::users)
                .mapToLong(List::size)
                .sum();
        long lost = due - framesSent(arena);
        long redialled = clients.stream().filter(client -> client.dials() > 1).count();
        arena.outcome()
                .times((int) lost)
                .recoveredIn(slowest, check.plus(ANSWERS))
                .measured(
                        "%d of %d pushes to %d clients dropped; the last one of %d clients, checking every %d s",
                        lost, due, users.size(), last.hadToCheck(), check.toSeconds())
                .check(lost > due * share / 2 && lost < due * share * 2, "%d of %d pushes were dropped", lost, due)
                .check(last.hadToCheck() > 0, "no client's last push was dropped: the check was not tried")
                .check(
                        last.hadToCheck() <= last.lost(),
                        "%d are behind %d s after a frame that only %d did not get",
                        last.hadToCheck(),
                        AT_ONCE.toSeconds(),
                        last.lost())
                .check(last.wrong() == 0, "%d clients did not find what they have lost", last.wrong())
                .check(redialled == 0, "%d sockets did not stay open", redialled);
    }

    /**
     * One frame to every client, after which nothing comes.
     *
     * @param lost frames that were dropped
     * @param hadToCheck clients that were not whole by a later frame
     * @param wrong clients that are not whole at all
     * @param repaired the time from when it was stored until all were whole
     */
    private record Last(long lost, long hadToCheck, long wrong, Duration repaired) {}

    private Last lastFrameToEach(Arena arena, List<Long> users) {
        long sentBefore = framesSent(arena);
        Operation last = arena.log().begin("last-" + Events.newId(), users);
        last.byEvent(arena.system().events(), last.event()).join();
        arena.untilStored(last);
        long stored = System.nanoTime();
        Map<Long, List<Item>> truth = arena.system().database().items(users);
        untilDelivered(arena);
        long behind = untilWhole(arena, truth, AT_ONCE, System.nanoTime());
        long lost = users.size() - (framesSent(arena) - sentBefore);
        long wrong = behind == 0 ? 0 : untilWhole(arena, truth, check.plus(ANSWERS), stored);
        return new Last(lost, behind, wrong, Arena.since(stored));
    }

    /** Until the gateway has nothing left to read, and has written no frame for a second. */
    private static void untilDelivered(Arena arena) {
        AtomicLong sentBefore = new AtomicLong(-1);
        await("all is pushed")
                .atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> {
                    long sent = framesSent(arena);
                    return Figures.of(arena.system().gateway(1)).sum("belfry_gateway_lag_records") == 0
                            && sentBefore.getAndSet(sent) == sent;
                });
    }

    /** Waits so long since then at most; returns how many do not show as much as is stored. */
    private static long untilWhole(Arena arena, Map<Long, List<Item>> truth, Duration patience, long since) {
        long behind = behind(arena, truth);
        while (behind > 0 && Arena.since(since).compareTo(patience) < 0) {
            Arena.pass(Duration.ofMillis(100));
            behind = behind(arena, truth);
        }
        return behind;
    }

    private static long behind(Arena arena, Map<Long, List<Item>> truth) {
        return arena.clients().entrySet().stream()
                .filter(client -> {
                    List<Item> due = truth.getOrDefault(client.getKey(), List.of());
                    return !client.getValue().shows(due, due.size());
                })
                .count();
    }

    private static long framesSent(Arena arena) {
        return (long) Figures.of(arena.system().gateway(1)).sum("belfry_gateway_frames_sent_total");
    }
}
