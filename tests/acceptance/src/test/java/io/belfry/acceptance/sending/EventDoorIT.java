package io.belfry.acceptance.sending;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.kit.contract.Json;
import io.belfry.kit.database.Item;
import io.belfry.kit.kafka.Events;
import io.belfry.kit.socket.SocketClient;
import io.belfry.kit.system.NotificationSystem;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Any service that can write to Kafka reaches a student, once for each event id. */
class EventDoorIT {

    private final NotificationSystem system = NotificationSystem.shared();
    private final long user = system.platform().newUserId();

    private static JsonNode structured(String id, JsonNode data) {
        return Json.object(
                "specversion",
                "1.0",
                "id",
                id,
                "source",
                Events.SOURCE,
                "type",
                "belfry.notification.requested.v1",
                "datacontenttype",
                "application/json",
                "data",
                data);
    }

    private static Events.Draft structuredRecord(String id, JsonNode data) {
        return new Events.Draft(
                Events.REQUESTED,
                null,
                null,
                Json.bytes(structured(id, data)),
                Map.of("content-type", "application/cloudevents+json; charset=UTF-8"));
    }

    @Test
    void publishedTwiceIsStoredOnceInBothModes() {
        String id = Events.newId();
        JsonNode data = Events.message(List.of(user), "Once");
        try (SocketClient socket = system.socket(user)) {
            system.events().publish(Events.request(id, data).partition(0));
            socket.awaitNotification("Once");
            system.events().publish(Events.request(id, data).partition(0));
            system.events().publish(structuredRecord(id, data).partition(0));
            system.events()
                    .publish(Events.request(Events.newId(), Events.message(List.of(user), "Fence"))
                            .partition(0));
            socket.awaitNotification("Fence");

            // Told again, perhaps, with the number it has; a client ignores that.
            assertThat(socket.frames("notification"))
                    .filteredOn(
                            frame -> frame.at("/notification/title").asString().equals("Once"))
                    .allSatisfy(frame -> assertThat(frame.path("seq").asLong()).isEqualTo(1));
        }
        assertThat(system.database().items(user)).extracting(Item::title).containsExactly("Fence", "Once");
    }

    @Test
    void numbersAndTextsOfDataComeOutAsTheyWentIn() {
        ObjectNode data = (ObjectNode) Events.message(List.of(user), "Exact");
        String sent =
                "{\"big\":9007199254740993,\"tiny\":1e-300,\"huge\":1e308,\"text\":\"é😀\",\"list\":[1,2.50,null]}";
        data.set("data", Json.parse(sent));
        try (SocketClient socket = system.socket(user)) {
            system.events()
                    .publish(Events.request(Events.newId(), data)
                            .value(data.toString().replace("2.5,", "2.50,").getBytes(StandardCharsets.UTF_8)));
            JsonNode pushed = socket.awaitNotification("Exact").at("/notification/data");
            JsonNode listed =
                    system.user(user).get("/api/notifications/").body().at("/results/0/data");
            assertThat(pushed.path("big").asLong()).isEqualTo(9007199254740993L);
            assertThat(pushed.path("huge").asDouble()).isEqualTo(1e308);
            assertThat(pushed.path("text").asString()).isEqualTo("é😀");
            assertThat(listed).isEqualTo(pushed);
        }
    }
}
