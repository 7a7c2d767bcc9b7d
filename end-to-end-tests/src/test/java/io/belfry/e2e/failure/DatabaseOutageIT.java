package io.belfry.e2e.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.belfry.e2e.client.ApiClient;
import io.belfry.e2e.client.Reply;
import io.belfry.e2e.client.SocketClient;
import io.belfry.e2e.system.Events;
import io.belfry.e2e.system.NotificationSystem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** PostgreSQL stops for 30 s under load: everything waits, and nothing is lost or set aside. */
class DatabaseOutageIT {

    private static final Duration OUTAGE = Duration.ofSeconds(30);

    private final NotificationSystem system = NotificationSystem.shared();

    @AfterEach
    void heal() {
        system.heal();
    }

    @Test
    void nothingIsLostAndNothingIsSetAside() {
        List<Long> users = system.platform().newUserIds(20);
        ApiClient reader = system.user(users.get(0));
        int deadBefore = system.events().read("notifications.requested.dlt").size();
        List<String> published = new CopyOnWriteArrayList<>();
        ScheduledExecutorService publisher = Executors.newSingleThreadScheduledExecutor();
        Sends sends = new Sends(system.service("exams"), users).every(Duration.ofMillis(50));
        List<Reply> reads = new ArrayList<>();
        try (SocketClient socket = system.socket(users.get(0))) {
            var unused = publisher.scheduleAtFixedRate(
                    () -> published.add(
                            system.events().request(List.of(users.get(published.size() % users.size())), "during")),
                    0,
                    20,
                    TimeUnit.MILLISECONDS);
            await().until(() -> published.size() > 100 && sends.accepted() > 20);

            long stopped = System.nanoTime();
            system.servers().postgres().stop();
            await("the outage is over")
                    .atMost(OUTAGE.plusSeconds(30))
                    .pollInterval(Duration.ofSeconds(2))
                    .until(() -> {
                        reads.add(reader.get("/api/notifications/unread_count/"));
                        return System.nanoTime() - stopped > OUTAGE.toNanos();
                    });
            assertThat(socket.isOpen()).isTrue();
            system.servers().postgres().start();

            int acceptedBefore = sends.accepted();
            await().until(() -> sends.accepted() > acceptedBefore + 20);
            publisher.shutdown();
            sends.finish();
            await().until(publisher::isTerminated);
            system.events().request(List.of(users.get(0)), "After the outage");
            socket.awaitNotification("After the outage");
        } finally {
            publisher.shutdownNow();
            sends.stop();
        }

        System.out.println("PostgreSQL stopped for 30 s: " + sends + "; " + published.size() + " events");
        assertThat(reads).hasSizeGreaterThan(5).allSatisfy(reply -> {
            reply.expectProblem(503);
            assertThat(reply.header("Retry-After")).isPresent();
        });
        assertThat(sends.unavailable()).isPositive();
        sends.checkStored(system.database());
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() ->
                        assertThat(system.database().storedEvents(published)).isEqualTo(published.size()));
        assertThat(system.events().read("notifications.requested.dlt")).hasSize(deadBefore);
        assertThat(system.database().inconsistencies(users)).isEmpty();
    }

    /** The other kind of outage: the server is there and says nothing. */
    @Test
    void frozenDatabaseIsToldInTimeAndWaitedFor() {
        long user = system.platform().newUserId();
        system.events().request(List.of(user), "Before");
        await().until(() -> system.database().items(user).size() == 1);
        String id;
        system.servers().postgres().suspend();
        try {
            id = system.events().request(List.of(user), "Frozen");
            long asked = System.nanoTime();
            Reply reply = system.user(user).get("/api/notifications/");
            assertThat(reply.status()).isIn(503);
            assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofSeconds(15));
        } finally {
            system.servers().postgres().resume();
        }
        await().atMost(Duration.ofSeconds(60))
                .until(() -> system.database().items(user).size() == 2);
        assertThat(system.database().recipients(Events.SOURCE, id)).containsExactly(user);
    }
}
