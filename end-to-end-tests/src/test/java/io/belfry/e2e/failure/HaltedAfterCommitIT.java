package io.belfry.e2e.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.belfry.e2e.client.Json;
import io.belfry.e2e.system.Database.Entry;
import io.belfry.e2e.system.NotificationSystem;
import io.belfry.localstack.process.ProcessFailedException;
import io.belfry.localstack.system.Service;
import io.belfry.localstack.system.ServiceKind;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * A persister that halts between a commit and its announcement, again and again while events come: what is stored is
 * announced in the end, with the numbers that the inbox says, and nobody has anything twice.
 */
class HaltedAfterCommitIT {

    /** A long run says more: {@code -Dbelfry.halts=200}. Each costs about 12 s, in which the dead one is missed. */
    private static final int HALTS = Integer.getInteger("belfry.halts", 4);

    private static final int RECIPIENTS = 3;

    private final NotificationSystem system = NotificationSystem.own(
            "halted",
            stack -> stack.count(ServiceKind.GATEWAY, 0).with("BELFRY_FAILPOINTS", "persister.halt-after-commit=0.2"));
    private final List<Long> users = system.platform().newUserIds(30);
    private final ScheduledExecutorService publisher = Executors.newSingleThreadScheduledExecutor();

    @AfterEach
    void stop() {
        publisher.shutdownNow();
        system.close();
    }

    @Test
    void announcesAllThatIsStored() {
        List<String> events = new CopyOnWriteArrayList<>();
        var unused = publisher.scheduleAtFixedRate(
                () -> {
                    int from = events.size() * RECIPIENTS % users.size();
                    List<Long> some = users.subList(from, from + RECIPIENTS);
                    events.add(system.events().request(some, "event " + events.size()));
                },
                0,
                50,
                TimeUnit.MILLISECONDS);
        Service halting = system.persister(1);
        Set<Entry> unannounced = new HashSet<>();
        for (int halts = 0; halts < HALTS; halts++) {
            startUntilItHalts(halting);
            Set<Entry> silent = new HashSet<>(system.database().entries(users));
            silent.removeAll(announced());
            unannounced.addAll(silent);
        }
        publisher.shutdown();
        await().until(publisher::isTerminated);

        Service steady = system.stack().add(ServiceKind.PERSISTER, Map.of("BELFRY_FAILPOINTS", ""));
        steady.start();
        await("all is stored")
                .atMost(Duration.ofSeconds(60))
                .until(() -> system.database().storedEvents(events) == events.size());
        List<Entry> stored = system.database().entries(users);
        await("all is announced")
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(() -> assertThat(announced()).containsAll(stored));
        System.out.printf(
                "Halted %d times between commit and announcement: %d events, %d entries stored, %d of them not announced"
                        + " when it halted, 0 in the end%n",
                HALTS, events.size(), stored.size(), unannounced.size());

        assertThat(unannounced).as("entries that a halt left without a word").isNotEmpty();
        assertThat(stored).hasSize(events.size() * RECIPIENTS);
        assertThat(stored).containsAll(announced());
        assertThat(system.database().inconsistencies(users)).isEmpty();
    }

    private static void startUntilItHalts(Service halting) {
        try {
            halting.start();
        } catch (ProcessFailedException halted) {
            return; // before it was asked whether it is ready
        }
        await("it halts").atMost(Duration.ofSeconds(60)).until(() -> !halting.isRunning());
    }

    /** Every recipient of every announcement there is. */
    private Set<Entry> announced() {
        Set<Entry> announced = new HashSet<>();
        Map<Long, String> names = eventsByNotification();
        for (ConsumerRecord<byte[], byte[]> record : system.events().read("notifications.stored")) {
            JsonNode data = Json.parse(record.value());
            long notification = data.path("notification").path("id").asLong();
            String event = names.getOrDefault(notification, "");
            for (JsonNode recipient : data.path("recipients")) {
                announced.add(new Entry(
                        event,
                        notification,
                        recipient.path("user").asLong(),
                        recipient.path("seq").asLong(),
                        recipient.path("unread").asLong()));
            }
        }
        return announced;
    }

    private Map<Long, String> eventsByNotification() {
        Map<Long, String> names = new HashMap<>();
        system.database().entries(users).forEach(entry -> names.put(entry.notification(), entry.event()));
        return names;
    }
}
