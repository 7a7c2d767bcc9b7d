package io.belfry.chaos.trials.clients;

import io.belfry.chaos.harness.Arena;
import io.belfry.chaos.harness.Attempt;
import io.belfry.chaos.load.Delays;
import io.belfry.chaos.load.Delays.Span;
import io.belfry.chaos.load.Load;
import io.belfry.kit.socket.Dial;
import io.belfry.kit.socket.SocketClient;
import io.belfry.kit.system.NotificationSystem;
import io.belfry.localstack.system.Service;
import io.belfry.localstack.system.ServiceKind;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A client never reads while much is due to it. It is closed before that costs the gateway much, and its neighbours hear
 * of their own as soon as without it.
 *
 * <p>With and without it take turns on one gateway under one load, so that whatever else the machine does falls on both.
 * What is due to its user is stored, and read by the gateway, all the time; the socket makes the difference.
 */
public final class SlowConsumer implements Attempt {

    private static final int NEIGHBOURS = 200;
    private static final int TURNS = 40;

    /** Shorter than the pauses between hiccups, so that most turns have none: a median of p99 is then no matter of luck. */
    private static final Duration TURN = Duration.ofSeconds(2);

    private static final int LONG_EVENTS_PER_SECOND = 45;

    private static final int LONG_EVENT_BYTES = 40_000;
    private static final int HEAPS = 3;

    /** On a busy machine a heap is looked at too late now and then: what the socket held is gone with it. */
    private static final int ATTEMPTS = 10;

    private static final long MAX_QUEUED = 1 << 20;
    private static final long MAX_HEAP = 2 << 20;
    private static final double MAX_RATIO = 1.10;

    @Override
    public void run(Arena arena) {
        NotificationSystem system = arena.system();
        Service gateway = system.more(ServiceKind.GATEWAY, 1).get(0);
        arena.keep(gateway::kill);
        long slow = system.platform().newUserId();
        List<Long> neighbours = system.platform().newUserIds(arena.count(NEIGHBOURS, 40));
        Delays delays = new Delays();
        List<SocketClient> sockets = new ArrayList<>();
        for (long neighbour : neighbours) {
            SocketClient socket = Dial.to(NotificationSystem.socketAddress(gateway))
                    .bearer(system.tokens().user(neighbour))
                    .onFrame(delays::arrived)
                    .open();
            sockets.add(arena.keep(socket));
            socket.welcome();
        }
        int turns = arena.count(TURNS, 12);
        arena.outcome().times(turns + HEAPS);
        cost(arena, gateway, slow);

        arena.load().longEvents(slow, LONG_EVENTS_PER_SECOND);
        arena.load().events(neighbours, 2, arena.count(1_000, 400));
        arena.untilStored(List.of(slow));
        delay(arena, gateway, slow, delays, turns);
        arena.outcome().check(sockets.stream().allMatch(SocketClient::isOpen), "a neighbour was closed");

        arena.untilDrained();
        arena.watchByRule(slow, NotificationSystem.socketAddress(gateway));
    }

    /** What it costs the gateway, which has nothing else to do. */
    private static void cost(Arena arena, Service gateway, long slow) {
        // The first costs what is never paid again: classes, code.
        fill(arena, gateway, slow).close();
        long queued = 0;
        long heap = Long.MIN_VALUE;
        int seen = 0;
        for (int i = 0; i < ATTEMPTS && seen < HEAPS; i++) {
            long before = liveHeap(gateway);
            try (Stalled stalled = fill(arena, gateway, slow)) {
                long more = liveHeap(gateway) - before;
                if (!stalled.isHungUp()) { // what it holds was still held
                    heap = Math.max(heap, more);
                    seen++;
                }
                stalled.awaitHungUp();
                queued = Math.max(queued, stalled.queued());
            }
        }
        arena.outcome()
                .measured("%d kB queued when it is closed 4413; heap %+d kB", queued >> 10, heap >> 10)
                .check(queued > 0 && queued <= MAX_QUEUED, "%d bytes were queued", queued)
                .check(seen == HEAPS, "the heap was looked at in time %d times only", seen)
                .check(heap <= MAX_HEAP, "%d bytes more in the heap", heap);
    }

    /** As much is sent to it as it takes to be closed, and no more. */
    private static Stalled fill(Arena arena, Service gateway, long slow) {
        Stalled stalled = new Stalled(gateway, arena.system().tokens().user(slow));
        Load due = arena.load().longEvents(slow, LONG_EVENTS_PER_SECOND);
        stalled.awaitRefused();
        due.finish();
        return stalled;
    }

    /** What it costs its neighbours. */
    private static void delay(Arena arena, Service gateway, long slow, Delays delays, int turns) {
        List<Span> without = new ArrayList<>();
        List<Span> with = new ArrayList<>();
        for (int i = 0; i < turns; i++) {
            without.add(turn());
            try (Stalled stalled = new Stalled(gateway, arena.system().tokens().user(slow))) {
                with.add(turn());
                stalled.awaitHungUp();
            }
        }
        Duration quiet = typicalP99(arena, delays, without);
        Duration slowed = typicalP99(arena, delays, with);
        double ratio = (double) slowed.toNanos() / quiet.toNanos();
        arena.outcome()
                .measured("%d MB due", turns * TURN.toSeconds() * LONG_EVENTS_PER_SECOND * LONG_EVENT_BYTES / 1_000_000)
                .measured(
                        "others' p99 %d ms without it, %d ms with it (× %.2f), medians of %d turns",
                        quiet.toMillis(), slowed.toMillis(), ratio, turns)
                .check(ratio <= MAX_RATIO, "others' p99 is × %.2f", ratio);
    }

    /** The median of the turns' p99: a hiccup of the machine falls into one turn, a slow reader is in each of its own. */
    private static Duration typicalP99(Arena arena, Delays delays, List<Span> turns) {
        List<Duration> sorted = turns.stream()
                .map(turn -> delays.within(0.99, arena.log().operations(), turn))
                .sorted()
                .toList();
        return sorted.get(sorted.size() / 2);
    }

    private static Span turn() {
        long from = System.nanoTime();
        Arena.pass(TURN);
        return new Span(from, System.nanoTime());
    }

    /** In bytes, all counted at one moment. Garbage is collected for that, which stops the gateway for a moment. */
    private static long liveHeap(Service gateway) {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        try {
            Process asked = new ProcessBuilder(jcmd.toString(), Long.toString(gateway.pid()), "GC.class_histogram")
                    .redirectErrorStream(true)
                    .start();
            try (BufferedReader answer = asked.inputReader()) {
                String total = answer.lines()
                        .filter(line -> line.startsWith("Total "))
                        .findFirst()
                        .orElseThrow(() -> new IllegalStateException("jcmd does not count the heap"));
                return Long.parseLong(total.trim().split(" +", -1)[2]);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
