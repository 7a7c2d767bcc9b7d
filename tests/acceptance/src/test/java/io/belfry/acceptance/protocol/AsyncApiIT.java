package io.belfry.acceptance.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.kit.contract.AsyncApi;
import io.belfry.kit.contract.Json;
import io.belfry.kit.kafka.Events;
import io.belfry.kit.socket.SocketClient;
import io.belfry.kit.system.NotificationSystem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/**
 * Every event that the system wrote while the tests ran fits docs/asyncapi.yaml. Frames are checked as they arrive, by
 * {@link SocketClient}. Comes last, when there is something to look at; by itself it makes its own little traffic.
 */
@Order(Integer.MAX_VALUE)
class AsyncApiIT {

    private final NotificationSystem system = NotificationSystem.shared();

    private void traffic() {
        long user = system.platform().newUserId();
        try (SocketClient socket = system.socket(user)) {
            system.events().request(List.of(user), "Traffic");
            long id = socket.awaitNotification("Traffic").at("/notification/id").asLong();
            socket.send(Json.object("type", "mark_read", "id", id));
            socket.send(Json.object("type", "mark_all_read"));
            socket.awaitSeq(2);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "notifications.stored, belfry.notification.stored.v1",
        "inbox.changed, belfry.inbox.changed.v1",
        "inbox.commands, belfry.inbox.command.v1"
    })
    void whatTheSystemWroteIsDescribed(String topic, String type) {
        traffic();

        List<String> misfits = new ArrayList<>();
        Set<String> envelopes = new HashSet<>();
        for (ConsumerRecord<byte[], byte[]> record : system.events().read(topic)) {
            if (Events.header(record, "ce_source").equals(Events.SOURCE)) {
                continue; // a test's own, written to be refused
            }
            envelopes.add(Events.header(record, "ce_specversion") + " " + Events.header(record, "ce_type"));
            assertThat(Events.header(record, "ce_id")).isNotEmpty();
            assertThat(Events.header(record, "content-type")).startsWith("application/json");
            JsonNode data = Json.parse(record.value());
            misfits.addAll(AsyncApi.shared().misfitsOfEvent(type, data));
        }

        assertThat(envelopes).containsExactly("1.0 " + type);
        assertThat(misfits).isEmpty();
    }

    @Test
    void requestsOfTheApiAreDescribed() {
        long user = system.platform().newUserId();
        system.service("exams")
                .post("/api/notifications/", Events.message(List.of(user), "Described"))
                .expect(202);

        assertThat(system.events().read(Events.REQUESTED))
                .filteredOn(record -> Events.header(record, "ce_source").equals("belfry/api"))
                .isNotEmpty()
                .allSatisfy(record -> assertThat(AsyncApi.shared()
                                .misfitsOfEvent("belfry.notification.requested.v1", Json.parse(record.value())))
                        .isEmpty());
    }

    @Test
    void eventsOfOneUserAreInTheirPartition() {
        traffic();
        Map<Long, Set<Integer>> partitions = new HashMap<>();
        system.events()
                .read("inbox.changed")
                .forEach(record -> partitions
                        .computeIfAbsent(Json.parse(record.value()).path("user").asLong(), none -> new HashSet<>())
                        .add(record.partition()));
        system.events()
                .read("notifications.stored")
                .forEach(record -> Json.parse(record.value())
                        .path("recipients")
                        .forEach(recipient -> partitions
                                .computeIfAbsent(recipient.path("user").asLong(), none -> new HashSet<>())
                                .add(record.partition())));

        assertThat(partitions.values()).allMatch(of -> of.size() == 1);
    }
}
