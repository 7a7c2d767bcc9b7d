package io.belfry.chaos.trials.clients;

import static org.awaitility.Awaitility.await;

import io.belfry.chaos.harness.Arena;
import io.belfry.kit.client.LoadClient;
import io.belfry.kit.client.LoadClient.Pace;
import io.belfry.kit.faults.TcpProxy;
import io.belfry.kit.faults.TcpProxy.Cut;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** Clients that hear nothing, by either door, while so many notifications come, and then come back. */
final class ClientsAway {

    private static final Duration WHOLE = Duration.ofSeconds(30);

    private record Away(long user, int missed, LoadClient client, TcpProxy gateway, TcpProxy api) {}

    private final Arena arena;

    ClientsAway(Arena arena) {
        this.arena = arena;
    }

    /** One client for each of these numbers: none of them loads its list but those that missed more than are named. */
    void comeBackAfter(List<Integer> numbers) {
        List<Away> all = numbers.stream().map(this::connected).toList();
        for (Away away : all) {
            away.gateway().blackhole();
            away.api().blackhole();
        }
        all.forEach(away -> arena.deliver(List.of(away.user()), away.missed()));
        long back = System.nanoTime();
        for (Away away : all) {
            away.api().heal();
            // What was pushed meanwhile lies in it.
            away.gateway().cut(Cut.RESET);
            away.gateway().heal();
        }
        for (Away away : all) {
            Arena.until(
                    "the client that missed " + away.missed() + " has them",
                    WHOLE,
                    () -> away.client().items().size() == away.missed() + 1);
            arena.outcome().recoveredIn(Arena.since(back));
            int lists = away.client().listsLoaded() - 1;
            int due = away.missed() > ChangesAsked.Answer.MOST ? 1 : 0;
            arena.outcome()
                    .measured("a client that missed %d loaded %d lists", away.missed(), lists)
                    .check(lists == due, "a client that missed %d loaded %d lists", away.missed(), lists);
        }
    }

    private Away connected(int missed) {
        URI address = arena.system().gatewayAddress(1);
        TcpProxy gateway = arena.keep(TcpProxy.to(address));
        TcpProxy api = arena.keep(TcpProxy.to(arena.system().apiAddress()));
        long user = arena.system().platform().newUserId();
        LoadClient client = arena.watchByRule(
                user, api.through(arena.system().apiAddress()), List.of(gateway.through(address)), Pace.QUICK);
        arena.awaitConnected();
        arena.deliver(List.of(user), 1);
        await("it shows its first").until(() -> client.items().size() == 1);
        return new Away(user, missed, client, gateway, api);
    }
}
