package io.belfry.chaos.trials.services;

import io.belfry.chaos.harness.Arena;
import io.belfry.chaos.harness.Attempt;
import io.belfry.chaos.load.Busiest;
import io.belfry.chaos.load.Load;
import io.belfry.kit.client.LoadClient;
import io.belfry.kit.system.NotificationSystem;
import io.belfry.localstack.system.Service;
import io.belfry.localstack.system.ServiceKind;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * One of two gateways is killed with all the sockets: they come to the other as pages do, no faster than it lets them in,
 * and the database hardly hears of it.
 */
public final class GatewayKilled implements Attempt {

    private static final int SOCKETS = 5_000;
    private static final Duration ALL_BACK = Duration.ofSeconds(40);
    private static final Duration WINDOW = Duration.ofSeconds(5);

    /** Of all sockets, as 500 of 5,000 are, which is the product's own rate. */
    private static final double ACCEPTS_PER_SECOND = 0.1;

    private static final Duration CHECK = Duration.ofMinutes(1);

    /** The gateways come with the size of the trial. 5,000 clients without a proxy are as many connections of the api. */
    @Override
    public Arena arena() {
        return Arena.own(
                "herd",
                stack -> stack.count(ServiceKind.GATEWAY, 0)
                        .count(ServiceKind.PERSISTER, 2)
                        .javaOptions(
                                "-Xmx1g",
                                "-XX:+ExitOnOutOfMemoryError",
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1"));
    }

    @Override
    public void run(Arena arena) {
        int sockets = arena.count(SOCKETS, 50);
        int accepts = (int) (sockets * ACCEPTS_PER_SECOND);
        Duration check = arena.time(CHECK, Duration.ofSeconds(15));
        arena.outcome().times(1);
        List<Service> gateways = List.of(gateway(arena, accepts, check), gateway(arena, accepts, check));
        // As behind a load balancer, which knows at once who is gone.
        List<URI> inFront = new CopyOnWriteArrayList<>(List.of(NotificationSystem.socketAddress(gateways.get(0))));
        List<Long> users = arena.system().platform().newUserIds(sockets);
        List<LoadClient> clients = arena.watchInTurns(users, Math.max(1, accepts / 2), inFront);
        Load load = arena.load().events(users, 10, arena.count(1_000, 50));
        arena.system()
                .servers()
                .postgres()
                .showStatements(arena.system().stack().jdbcUrl());
        // The first checks after a welcome come sooner than the others.
        Arena.pass(check.dividedBy(2));

        long steady = statements(arena, check);
        Instant killed = Instant.now();
        inFront.set(0, NotificationSystem.socketAddress(gateways.get(1)));
        gateways.get(0).kill();
        long killedNanos = System.nanoTime();
        var back = arena.later(() -> {
            arena.awaitConnected(2, ALL_BACK);
            return Arena.since(killedNanos);
        });
        long peak = peakUntilAllHaveChecked(arena, back, check);
        List<Long> welcomes = welcomes(clients, killed);
        arena.outcome()
                .recoveredIn(back.join(), ALL_BACK)
                .measured(
                        "%d sockets, %d of them welcomed in the busiest second, let in at most %d a second",
                        sockets, Busiest.second(welcomes), accepts)
                .measured("%d queries a second before; at the peak of 5 s after: %d", steady, peak)
                .measured("load sent at %s", load.pace())
                .check(isWithin(accepts, welcomes), "let in faster than %d a second", accepts)
                .check(peak <= 2 * steady, "the database's queries: %d, then %d", steady, peak);
    }

    private static Service gateway(Arena arena, int accepts, Duration check) {
        Service gateway = arena.system()
                .stack()
                .add(
                        ServiceKind.GATEWAY,
                        Map.of(
                                "BELFRY_GATEWAY_MAX_ACCEPTS_PER_SECOND", String.valueOf(accepts),
                                "BELFRY_CHECK_SECONDS", String.valueOf(check.toSeconds())));
        gateway.start();
        return gateway;
    }

    /** Lets the time pass; returns how many statements the database did in each second of it, by its own count. */
    private static long statements(Arena arena, Duration window) {
        long before = arena.system().database().statements();
        long began = System.nanoTime();
        Arena.pass(window);
        return Math.round((arena.system().database().statements() - before) * 1e9 / (System.nanoTime() - began));
    }

    /** The most in a window, until every client is back and had to check. */
    private static long peakUntilAllHaveChecked(Arena arena, CompletableFuture<Duration> back, Duration check) {
        long peak = 0;
        for (Duration since = Duration.ZERO;
                !back.isDone() || since.compareTo(check.dividedBy(2)) < 0;
                since = back.isDone() ? since.plus(WINDOW) : Duration.ZERO) {
            peak = Math.max(peak, statements(arena, WINDOW));
        }
        return peak;
    }

    /** When clients were welcomed, in nanoseconds since that moment, ascending. */
    private static List<Long> welcomes(List<LoadClient> clients, Instant since) {
        return clients.stream()
                .map(LoadClient::welcomedAt)
                .filter(Objects::nonNull)
                .map(moment -> Duration.between(since, moment).toNanos())
                .filter(nanos -> nanos >= 0)
                .sorted()
                .toList();
    }

    /**
     * Whether no more were welcomed up to any moment than the rate allows. Counted from the beginning: each is welcomed
     * some time after it was let in, so that within a single second there may be more.
     */
    private static boolean isWithin(int perSecond, List<Long> welcomes) {
        for (int i = 0; i < welcomes.size(); i++) {
            long seconds = Duration.ofNanos(welcomes.get(i)).toSeconds() + 1;
            if (i + 1 > perSecond * seconds) {
                return false;
            }
        }
        return true;
    }
}
