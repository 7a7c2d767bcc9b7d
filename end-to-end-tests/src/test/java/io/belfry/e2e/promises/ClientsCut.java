package io.belfry.e2e.promises;

import io.belfry.e2e.net.TcpProxy;
import io.belfry.e2e.net.TcpProxy.Cut;
import io.belfry.e2e.replica.ContractClient;
import io.belfry.e2e.replica.InboxClient;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Many clients, each behind a network of its own that resets, ends or swallows its socket at random moments. */
final class ClientsCut implements Trial {

    private static final int CLIENTS = 500;
    private static final int CUTS_EACH = 20;
    private static final int RECORDS_PER_SECOND = 200;
    private static final Duration BETWEEN_CUTS_OF_ONE = Duration.ofSeconds(12);

    private final Random random = new Random(4711);

    @Override
    public String promise() {
        return "P9";
    }

    @Override
    public String fault() {
        return "clients' sockets cut by RST, FIN and black hole";
    }

    @Override
    public Outcome run(Arena arena, Scale scale) {
        int clients = scale.count(CLIENTS, 10);
        int cuts = clients * scale.count(CUTS_EACH, 3);
        Outcome.Draft outcome = Outcome.of(cuts);
        List<Long> users = arena.system().platform().newUserIds(clients);
        List<TcpProxy> networks = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            networks.add(client(arena, users.get(i), 1 + i % 2));
        }
        Load load = arena.load().events(users, 5, scale.count(RECORDS_PER_SECOND, 40));
        arena.awaitConnected();

        ScheduledExecutorService weather = Executors.newSingleThreadScheduledExecutor();
        arena.keep(weather::shutdownNow);
        Duration storm = BETWEEN_CUTS_OF_ONE.multipliedBy(cuts / clients);
        for (int i = 0; i < cuts; i++) {
            TcpProxy network = networks.get(i % clients);
            long at = random.nextLong(storm.toMillis());
            var unused = weather.schedule(() -> cut(weather, network), at, TimeUnit.MILLISECONDS);
        }
        Arena.pass(storm);
        weather.shutdownNow();
        networks.forEach(TcpProxy::heal);

        load.finish();
        outcome.recoveredIn(arena.awaitConnected());
        arena.untilDrained();
        int dials =
                arena.clients().values().stream().mapToInt(InboxClient::dials).sum();
        return outcome.measured("%d clients, %d sockets dialled", clients, dials)
                .compared(arena.compare());
    }

    private static TcpProxy client(Arena arena, long user, int gateway) {
        URI address = arena.system().gatewayAddress(gateway);
        TcpProxy network = arena.keep(TcpProxy.to(address));
        arena.watch(
                user,
                new ContractClient(
                        arena.system().apiAddress(),
                        List.of(network.through(address)),
                        () -> arena.system().tokens().user(user)));
        return network;
    }

    private void cut(ScheduledExecutorService weather, TcpProxy network) {
        switch (random.nextInt(3)) {
            case 0 -> network.cut(Cut.RESET);
            case 1 -> network.cut(Cut.FINISH);
            default -> {
                network.blackhole();
                // Some end before anybody notices, most do not.
                var unused = weather.schedule(network::heal, 1_000 + random.nextInt(10_000), TimeUnit.MILLISECONDS);
            }
        }
    }
}
