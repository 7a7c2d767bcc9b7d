package io.belfry.chaos.trials.clients;

import io.belfry.chaos.harness.Arena;
import io.belfry.chaos.harness.Attempt;
import io.belfry.chaos.load.Paced;
import io.belfry.chaos.load.Readers;
import io.belfry.kit.client.InboxClient;
import io.belfry.kit.client.TypeScriptClient;
import io.belfry.kit.faults.TcpProxy;
import io.belfry.kit.faults.TcpProxy.Cut;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Many clients, each behind a network of its own that resets, ends or swallows what it says at random moments, while their
 * users read and delete. Half of them are the one that ships, whose pages go offline and are loaded again besides.
 */
public final class ClientsCut implements Attempt {

    private static final int CLIENTS = 500;
    private static final int CUTS_EACH = 20;
    private static final int RECORDS_PER_SECOND = 200;
    private static final int CHANGES_PER_SECOND = 100;
    private static final Duration BETWEEN_CUTS_OF_ONE = Duration.ofSeconds(8);

    private final Random random = new Random(4711);

    @Override
    public void run(Arena arena) {
        int clients = arena.count(CLIENTS, 10);
        int cuts = clients * arena.count(CUTS_EACH, 3);
        arena.outcome().times(cuts);
        List<Long> users = arena.system().platform().newUserIds(clients);
        List<CutClient> cut = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            cut.add(client(arena, users.get(i), i));
        }
        arena.load().events(users, 5, arena.count(RECORDS_PER_SECOND, 40));
        arena.awaitConnected();
        Paced readers = arena.keep(new Paced());
        readers.repeat(arena.count(CHANGES_PER_SECOND, 20), new Readers(arena.clients(), arena.log()));

        Paced weather = arena.keep(new Paced());
        Duration storm = BETWEEN_CUTS_OF_ONE.multipliedBy(cuts / clients);
        for (int i = 0; i < cuts; i++) {
            CutClient client = cut.get(i % clients);
            weather.after(Duration.ofMillis(random.nextLong(storm.toMillis())), () -> strike(weather, client));
        }
        Arena.pass(storm);
        weather.finish();
        readers.finish();
        cut.forEach(CutClient::findNetwork);

        arena.outcome().recoveredIn(arena.awaitConnected());
        int dials =
                arena.clients().values().stream().mapToInt(InboxClient::dials).sum();
        arena.outcome()
                .measured("%d clients, half of them the one that ships, %d sockets dialled", clients, dials)
                .measured("%d own changes", arena.log().changes())
                .check(weather.problems().isEmpty(), "the weather: %s", weather.problems())
                .check(readers.problems().isEmpty(), "the readers: %s", readers.problems());
    }

    /** Every fourth has two pages, of which one has the socket. */
    private static CutClient client(Arena arena, long user, int number) {
        URI gateway = arena.system().gatewayAddress(1 + number / 2 % 2);
        return number % 2 == 0
                ? CutClient.byRule(arena, user, gateway)
                : CutClient.shipped(arena, user, gateway, 1 + number / 2 % 2);
    }

    private void strike(Paced weather, CutClient client) {
        switch (random.nextInt(client.page() != null ? 5 : 3)) {
            case 0 -> client.cut(Cut.RESET);
            case 1 -> client.cut(Cut.FINISH);
            case 4 -> client.reload();
            default -> {
                client.loseNetwork(random.nextBoolean());
                // Some end before either side notices, most do not.
                weather.after(Duration.ofMillis(1_000 + random.nextInt(10_000)), client::findNetwork);
            }
        }
    }

    /**
     * A client behind a network of its own, to which things happen. For one thread at a time.
     *
     * @param toApi null = nothing is between it and the api
     * @param page null = it is none of a browser
     */
    private record CutClient(
            TcpProxy toGateway,
            @Nullable TcpProxy toApi,
            @Nullable TypeScriptClient page) {

        /** The one that was written from the rule. It tries a change of its own once: only its socket is cut. */
        static CutClient byRule(Arena arena, long user, URI gateway) {
            TcpProxy toGateway = arena.keep(TcpProxy.to(gateway));
            arena.watchByRule(user, toGateway.through(gateway));
            return new CutClient(toGateway, null, null);
        }

        /** The one that ships: all that it says and hears is cut. */
        static CutClient shipped(Arena arena, long user, URI gateway, int tabs) {
            URI api = arena.system().apiAddress();
            TcpProxy toGateway = arena.keep(TcpProxy.to(gateway));
            TcpProxy toApi = arena.keep(TcpProxy.to(api));
            TypeScriptClient page =
                    arena.watchShipped(user, toApi.through(api), List.of(toGateway.through(gateway)), tabs);
            return new CutClient(toGateway, toApi, page);
        }

        void cut(Cut how) {
            toGateway.cut(how);
            if (toApi != null) {
                toApi.cut(how);
            }
        }

        /** @param noticed the browser, if it has one, knows that it has no network any more */
        void loseNetwork(boolean noticed) {
            toGateway.blackhole();
            if (toApi != null) {
                toApi.blackhole();
            }
            if (page != null && noticed) {
                page.setOnline(false);
            }
        }

        /**
         * What the gateway and its client said meanwhile goes on its way. What was asked of the api does not: the client has asked
         * again, or will, and a change that comes late undoes a later one.
         */
        void findNetwork() {
            toGateway.heal();
            if (toApi != null) {
                toApi.cut(Cut.RESET);
                toApi.heal();
            }
            if (page != null) {
                page.setOnline(true);
            }
        }

        /** Closes its page, whatever is unsent, and opens it again; nothing if it has none. */
        void reload() {
            if (page != null) {
                page.reload();
            }
        }
    }
}
