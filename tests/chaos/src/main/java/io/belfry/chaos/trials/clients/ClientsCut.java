package io.belfry.chaos.trials.clients;

import static org.awaitility.Awaitility.await;

import io.belfry.chaos.harness.Arena;
import io.belfry.chaos.harness.Outcome;
import io.belfry.chaos.harness.Scale;
import io.belfry.chaos.harness.Trial;
import io.belfry.chaos.load.Readers;
import io.belfry.kit.client.InboxClient;
import io.belfry.kit.faults.TcpProxy.Cut;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Many clients, each behind a network of its own that resets, ends or swallows what it says at random moments, while their
 * users read and delete. Half of them are the one that ships, whose pages go offline and are loaded again besides.
 */
public final class ClientsCut extends Trial {

    private static final int CLIENTS = 500;
    private static final int CUTS_EACH = 20;
    private static final int RECORDS_PER_SECOND = 200;
    private static final int CHANGES_PER_SECOND = 100;
    private static final Duration BETWEEN_CUTS_OF_ONE = Duration.ofSeconds(12);

    private final Random random = new Random(4711);

    public ClientsCut() {
        super("P9", "clients' networks cut by RST, FIN and black hole; pages offline and reloaded");
    }

    @Override
    protected void run(Arena arena, Scale scale, Outcome outcome) {
        int clients = scale.count(CLIENTS, 10);
        int cuts = clients * scale.count(CUTS_EACH, 3);
        outcome.times(cuts);
        List<Long> users = arena.system().platform().newUserIds(clients);
        List<CutClient> cut = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            cut.add(client(arena, users.get(i), i));
        }
        arena.load().events(users, 5, scale.count(RECORDS_PER_SECOND, 40));
        arena.awaitConnected();
        Readers readers =
                arena.keep(new Readers(arena.clients(), arena.log())).read(scale.count(CHANGES_PER_SECOND, 20));

        ScheduledExecutorService weather = Executors.newSingleThreadScheduledExecutor();
        arena.keep(weather::shutdownNow);
        List<String> problems = new CopyOnWriteArrayList<>();
        Duration storm = BETWEEN_CUTS_OF_ONE.multipliedBy(cuts / clients);
        for (int i = 0; i < cuts; i++) {
            CutClient client = cut.get(i % clients);
            later(weather, random.nextLong(storm.toMillis()), problems, () -> strike(weather, problems, client));
        }
        Arena.pass(storm);
        weather.shutdownNow();
        await("the storm is over").until(weather::isTerminated);
        readers.finish();
        cut.forEach(CutClient::findNetwork);

        outcome.recoveredIn(arena.awaitConnected());
        int dials =
                arena.clients().values().stream().mapToInt(InboxClient::dials).sum();
        problems.addAll(readers.problems());
        outcome.measured("%d clients, half of them the one that ships, %d sockets dialled", clients, dials)
                .measured("%d own changes", arena.log().changes())
                .check(problems.isEmpty(), "the trial itself: %s", problems);
    }

    /** Every fourth has two pages, of which one has the socket. */
    private static CutClient client(Arena arena, long user, int number) {
        URI gateway = arena.system().gatewayAddress(1 + number / 2 % 2);
        return number % 2 == 0
                ? CutClient.byRule(arena, user, gateway)
                : CutClient.shipped(arena, user, gateway, 1 + number / 2 % 2);
    }

    private void strike(ScheduledExecutorService weather, List<String> problems, CutClient client) {
        switch (random.nextInt(client.isPage() ? 5 : 3)) {
            case 0 -> client.cut(Cut.RESET);
            case 1 -> client.cut(Cut.FINISH);
            case 4 -> client.reload();
            default -> {
                client.loseNetwork(random.nextBoolean());
                // Some end before either side notices, most do not.
                later(weather, 1_000 + random.nextInt(10_000), problems, client::findNetwork);
            }
        }
    }

    private static void later(ScheduledExecutorService weather, long millis, List<String> problems, Runnable what) {
        var unused = weather.schedule(
                () -> {
                    try {
                        what.run();
                    } catch (RuntimeException e) {
                        problems.add(e.toString());
                    }
                },
                millis,
                TimeUnit.MILLISECONDS);
    }
}
