package io.belfry.e2e.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.belfry.e2e.net.TcpProxy;
import io.belfry.e2e.net.TcpProxy.Cut;
import io.belfry.e2e.replica.ContractClient;
import io.belfry.e2e.replica.Item;
import io.belfry.e2e.system.NotificationSystem;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * Clients by the rule behind a bad network, while two persisters write: sockets are cut at random, frames and answers are
 * delayed so that each overtakes the other. In the end each client shows just what the database holds, and nothing showed
 * twice on the way.
 */
class CutClientsIT {

    private static final int CLIENTS = 12;
    private static final Duration BAD_WEATHER = Duration.ofSeconds(25);

    private final NotificationSystem system = NotificationSystem.shared();
    private final Random random = new Random(4711);
    private final List<TcpProxy> proxies = new ArrayList<>();

    /** One person: two networks, one to the api and one to a gateway, and a page that reads and deletes. */
    private record Person(long user, TcpProxy toApi, TcpProxy toGateway, ContractClient client) {}

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
        ContractClient client = new ContractClient(
                toApi.through(system.apiAddress()),
                List.of(toGateway.through(gateway)),
                () -> system.tokens().user(user));
        return new Person(user, toApi, toGateway, client.start());
    }

    private void fault(Person person) {
        switch (random.nextInt(6)) {
            case 0 -> person.toGateway().cut(Cut.RESET);
            case 1 -> person.toGateway().cut(Cut.FINISH);
            case 2 -> person.toGateway().blackhole();
            case 3 -> person.toApi().cut(Cut.RESET);
            default -> person.toGateway().heal();
        }
    }

    private void act(Person person) {
        List<Item> items = person.client().items();
        if (items.isEmpty()) {
            return;
        }
        long id = items.get(random.nextInt(items.size())).id();
        switch (random.nextInt(5)) {
            case 0 -> person.client().remove(id);
            case 1 -> person.client().markUnread(id);
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
        people.forEach(person -> person.toGateway().heal());

        int dials = 0;
        int questions = 0;
        for (Person person : people) {
            await("user " + person.user() + " shows the truth")
                    .atMost(Duration.ofSeconds(40))
                    .untilAsserted(() -> {
                        assertThat(person.client().items())
                                .isEqualTo(system.database().items(person.user()));
                        assertThat(person.client().badge())
                                .isEqualTo(system.database()
                                        .counters(person.user())
                                        .unread());
                    });
            assertThat(person.client().violations()).isEmpty();
            dials += person.client().dials();
            questions += person.client().questionsAsked();
            person.client().close();
        }
        proxies.forEach(TcpProxy::close);
        System.out.printf(
                "%d clients, %d events: %d sockets dialled, %d lists and changes asked for%n",
                CLIENTS, published.get(), dials, questions);
        assertThat(problems).isEmpty();
        assertThat(dials).isGreaterThan(3 * CLIENTS);
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
