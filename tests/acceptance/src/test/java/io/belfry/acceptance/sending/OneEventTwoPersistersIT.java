package io.belfry.acceptance.sending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.belfry.kit.kafka.Events;
import io.belfry.kit.kafka.Events.Draft;
import io.belfry.kit.system.NotificationSystem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The same event lies in every partition, so that two persisters handle it at the same time. */
class OneEventTwoPersistersIT {

    private static final int EVENTS = 150;
    private static final int USERS = 20;

    private final NotificationSystem system = NotificationSystem.shared();

    @Test
    void isOneEntryAndOneNumberForEachUser() {
        List<Long> users = system.platform().newUserIds(USERS);
        int partitions = system.events().partitions(Events.REQUESTED);
        assertThat(partitions).isGreaterThan(1);
        List<Draft> copies = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < EVENTS; i++) {
            String id = Events.newId();
            ids.add(id);
            JsonNode data = Events.message(users, "copied " + i);
            for (int partition = 0; partition < partitions; partition++) {
                copies.add(Events.request(id, data).partition(partition));
            }
        }
        long last = system.platform().newUserId();
        for (int partition = 0; partition < partitions; partition++) {
            copies.add(Events.request(Events.newId(), Events.message(List.of(last), "Fence"))
                    .partition(partition));
        }

        system.events().publishAll(copies);

        await("every partition is handled to its fence")
                .atMost(Duration.ofSeconds(60))
                .until(() -> system.database().counters(last).seq() == partitions);
        assertThat(system.database().storedEvents(ids)).isEqualTo(EVENTS);
        for (long user : users) {
            assertThat(system.database().counters(user).seq()).isEqualTo(EVENTS);
            assertThat(system.database().items(user)).hasSize(EVENTS);
        }
        assertThat(system.database().inconsistencies(users)).isEmpty();
    }
}
