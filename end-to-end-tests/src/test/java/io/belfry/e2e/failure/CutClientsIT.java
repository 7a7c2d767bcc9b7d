package io.belfry.e2e.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.belfry.e2e.net.TcpProxy;
import io.belfry.e2e.net.TcpProxy.Cut;
import io.belfry.e2e.replica.ContractClient;
import io.belfry.e2e.replica.InboxClient;
import io.belfry.e2e.replica.Item;
import io.belfry.e2e.replica.TypeScriptClient;
import io.belfry.e2e.replica.TypeScriptClients;
import io.belfry.e2e.system.NotificationSystem;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Clients behind a bad network, half of them by the rule and half the one that ships, while two persisters write: sockets are
 * cut at random, frames and answers are delayed so that each overtakes the other, pages go offline and are loaded again. In
 * the end each client shows just what the database holds, and nothing showed twice on the way.
 */
class CutClientsIT {

    private static final int CLIENTS = 12;
    private static final Duration BAD_WEATHER = Duration.ofSeconds(25);
    /** The longest wait of a page whose sockets broke again and again, and what it then has to ask. */
    private static final Duration SETTLED = Duration.ofSeconds(60);

    private final NotificationSystem system = NotificationSystem.shared();
    private final Random random = new Random(4711);
    private final AtomicInteger acts = new AtomicInteger();
    private final List<TcpProxy> proxies = new ArrayList<>();
    private final TypeScriptClients typeScript = TypeScriptClients.start();

    @AfterEach
    void end() {
        typeScript.close();
        proxies.forEach(TcpProxy::close);
    }

    /**
     * One person: two networks, one to the api and one to a gateway, and a page that reads and deletes.
     *
     * @param page the client, if it has what only a browser has
     */
    private record Person(
            long user, TcpProxy toApi, TcpProxy toGateway, InboxClient client, Optional<TypeScriptClient> page) {

        void heal() {
            toGateway.heal();
            page.ifPresent(each -> each.setOnline(true));
        }
    }

    private static Duration upTo(int millis) {
        return Duration.ofMillis(ThreadLocalRandom.current().nextInt(millis));
    }

    private Person person(int number) {
        long user = system.platform().newUserId();
        URI gateway = system.gatewayAddress(1 + number % 2);
        TcpProxy toApi = TcpProxy.to(system.apiAddress()).delayToClient(() -> upTo(600));
        TcpProxy toGateway = TcpProxy.to(gateway).delayToClient(() -> upTo(400));
        proxies.add(toApi);
        proxies.add(toGateway);
        URI api = toApi.through(system.apiAddress());
        List<URI> gateways = List.of(toGateway.through(gateway));
        if (number % 2 == 0) {
            ContractClient client =
                    new ContractClient(api, gateways, () -> system.tokens().user(user));
            return new Person(user, toApi, toGateway, client.start(), Optional.empty());
        }
        TypeScriptClient page =
                typeScript.open(user, system.tokens().user(user), api, gateways, number % 4 == 1 ? 2 : 1);
        return new Person(user, toApi, toGateway, page, Optional.of(page));
    }

    private void fault(Person person) {
        switch (random.nextInt(person.page().isPresent() ? 8 : 6)) {
            case 0 -> person.toGateway().cut(Cut.RESET);
            case 1 -> person.toGateway().cut(Cut.FINISH);
            case 2 -> person.toGateway().blackhole();
            case 3 -> person.toApi().cut(Cut.RESET);
            case 6 -> person.page().ifPresent(page -> page.setOnline(false));
            case 7 -> person.page().ifPresent(TypeScriptClient::reload);
            default -> person.heal();
        }
    }

    private void act(Person person) {
        List<Item> items = person.client().items();
        if (items.isEmpty()) {
            return;
        }
        acts.incrementAndGet();
        long id = items.get(random.nextInt(items.size())).id();
        switch (random.nextInt(8)) {
            case 0 -> person.client().remove(id);
            case 1, 2 -> person.client().markUnread(id);
            case 3 -> person.client().markAllRead();
            default -> person.client().markRead(id);
        }
    }

    @Test
    void showWhatTheDatabaseHolds() {
        List<Person> people = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            people.add(person(i));
        }
        List<Long> users = people.stream().map(Person::user).toList();
        AtomicInteger published = new AtomicInteger();
        ScheduledExecutorService weather = Executors.newScheduledThreadPool(3);
        List<String> problems = new CopyOnWriteArrayList<>();
        every(weather, 25, problems, () -> {
            int number = published.incrementAndGet();
            List<Long> some = users.subList(number % 3, number % 3 + 8);
            system.events().request(some, "n" + number);
        });
        every(weather, 150, problems, () -> fault(people.get(random.nextInt(CLIENTS))));
        every(weather, 60, problems, () -> act(people.get(random.nextInt(CLIENTS))));
        long began = System.nanoTime();
        await().atMost(BAD_WEATHER.plusSeconds(10))
                .pollInterval(Duration.ofMillis(500))
                .until(() -> System.nanoTime() - began > BAD_WEATHER.toNanos());
        weather.shutdown();
        await().until(weather::isTerminated);
        people.forEach(Person::heal);

        int dials = 0;
        for (Person person : people) {
            await("user " + person.user() + " shows the truth").atMost(SETTLED).untilAsserted(() -> {
                List<Item> items = system.database().items(person.user());
                long unread = system.database().counters(person.user()).unread();
                assertThat(person.client().shows(items, unread))
                        .as("%s, of %s unread", person.client().condition(), unread)
                        .isTrue();
            });
            assertThat(person.client().violations()).isEmpty();
            dials += person.client().dials();
            person.client().close();
        }
        System.out.printf(
                "%d clients, %d events, %d own changes: %d sockets dialled%n",
                CLIENTS, published.get(), acts.get(), dials);
        assertThat(problems).isEmpty();
        assertThat(dials).isGreaterThan(3 * CLIENTS);
        assertThat(acts).hasPositiveValue();
        assertThat(system.database().inconsistencies(users)).isEmpty();
    }

    private static void every(ScheduledExecutorService timer, long millis, List<String> problems, Runnable step) {
        var unused = timer.scheduleAtFixedRate(
                () -> {
                    try {
                        step.run();
                    } catch (RuntimeException e) {
                        problems.add(e.toString());
                    }
                },
                millis,
                millis,
                TimeUnit.MILLISECONDS);
    }
}
