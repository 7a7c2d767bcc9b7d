package io.belfry.e2e.promises;

import io.belfry.e2e.replica.ContractClient;
import io.belfry.e2e.system.NotificationSystem;
import io.belfry.localstack.process.ControlledProcess;
import io.belfry.localstack.system.Service;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** One of two gateways is killed with all the sockets: they come to the other, and the database hardly hears of it. */
final class GatewayKilled implements Trial {

    private static final int SOCKETS = 5_000;
    private static final Duration ALL_BACK = Duration.ofSeconds(40);
    private static final Duration WINDOW = Duration.ofSeconds(5);
    private static final int STEADY_WINDOWS = 3;
    /** Clients check at a random moment within 30 s of a {@code welcome} that tells them nothing new. */
    private static final int HERD_WINDOWS = 7;

    @Override
    public String promise() {
        return "P12";
    }

    @Override
    public String fault() {
        return "kill -9 of the gateway that holds all sockets";
    }

    @Override
    public Outcome run(Arena arena, Scale scale) {
        int sockets = scale.count(SOCKETS, 50);
        Outcome.Draft outcome = Outcome.of(1);
        List<Service> gateways = arena.system().newGateways(2);
        gateways.forEach(gateway -> arena.keep(gateway::kill));
        // The second is dialled first.
        List<URI> addresses =
                gateways.stream().map(NotificationSystem::socketAddress).toList();
        List<Long> users = arena.system().platform().newUserIds(sockets);
        for (long user : users) {
            arena.watch(
                    user,
                    new ContractClient(
                            arena.system().apiAddress(),
                            addresses,
                            () -> arena.system().tokens().user(user)));
        }
        arena.awaitConnected();
        Load load = arena.load().events(users, 10, scale.count(1_000, 50));
        Arena.pass(WINDOW.multipliedBy(2));

        double steady = 0;
        for (int i = 0; i < STEADY_WINDOWS; i++) {
            steady += transactionsPerSecond(arena) / STEADY_WINDOWS;
        }
        ControlledProcess holder = gateways.get(1);
        holder.kill();
        long killed = System.nanoTime();
        var back = arena.later(() -> {
            arena.awaitConnected(2, ALL_BACK);
            return Arena.since(killed);
        });
        double peak = 0;
        double sum = 0;
        for (int i = 0; i < HERD_WINDOWS; i++) {
            double rate = transactionsPerSecond(arena);
            peak = Math.max(peak, rate);
            sum += rate;
        }
        outcome.recoveredIn(back.join(), ALL_BACK)
                .measured(
                        "%d sockets; %.0f transactions a second before, %.0f in the 35 s after, %.0f at the peak of 5 s",
                        sockets, steady, sum / HERD_WINDOWS, peak)
                .check(peak <= 2 * steady, "the database's load rose from %.0f to %.0f", steady, peak);
        load.finish();
        arena.untilDrained();
        return outcome.compared(arena.compare());
    }

    private static double transactionsPerSecond(Arena arena) {
        long before = arena.system().database().transactions();
        long began = System.nanoTime();
        Arena.pass(WINDOW);
        long more = arena.system().database().transactions() - before;
        return more * 1e9 / (System.nanoTime() - began);
    }
}
