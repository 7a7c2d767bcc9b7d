package io.belfry.acceptance.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.kit.contract.Json;
import io.belfry.kit.database.Item;
import io.belfry.kit.http.ApiClient;
import io.belfry.kit.socket.SocketClient;
import io.belfry.kit.system.NotificationSystem;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What one device does, the other shows: every change to an inbox, by either door, reaches all of its user's sockets. */
class TwoDevicesIT {

    private static final String INBOX = "/api/notifications/";

    private final NotificationSystem system = NotificationSystem.shared();
    private final long user = system.platform().newUserId();
    private final ApiClient api = system.user(user);

    @Test
    void whatOneDeviceDoesTheOtherShows() {
        try (SocketClient phone = system.socket(user, 1);
                SocketClient laptop = system.socket(user, 2)) {
            long first = receive(phone, "n1");
            long second = receive(phone, "n2");
            long third = receive(phone, "n3");

            api.patch(INBOX + first + "/mark_read/").expect(200);
            api.patch(INBOX + first + "/mark_unread/").expect(200);
            api.delete(INBOX + second + "/").expect(204);
            api.post(INBOX + "mark_all_read/", Json.object("up_to", first)).expect(200);
            for (SocketClient device : List.of(phone, laptop)) {
                check(device.awaitSeq(4), "read", 2, first);
                check(device.awaitSeq(5), "unread", 3, first);
                check(device.awaitSeq(6), "deleted", 2, second);
                checkAllRead(device.awaitSeq(7), 1, first, 1);
            }

            api.patch(INBOX + first + "/mark_unread/").expect(200);
            phone.send(Json.object("type", "mark_read", "id", first, "ref", "c1"));
            assertThat(phone.awaitRef("c1").path("type").asString()).isEqualTo("ack");
            check(laptop.awaitSeq(9), "read", 1, first);
            check(phone.awaitSeq(9), "read", 1, first);
            laptop.send(Json.object("type", "mark_all_read", "up_to", third, "ref", "c2"));
            checkAllRead(phone.awaitSeq(10), 0, third, 3);
        }
        List<Item> listed = api.get(INBOX)
                .body()
                .path("results")
                .valueStream()
                .map(Item::listed)
                .toList();
        assertThat(listed).isEqualTo(system.database().items(user)).hasSize(2);
        assertThat(system.database().inconsistencies(List.of(user))).isEmpty();
    }

    /** Returns its id. */
    private long receive(SocketClient device, String title) {
        system.events().request(List.of(user), title);
        return device.awaitNotification(title).at("/notification/id").asLong();
    }

    private static void check(JsonNode frame, String change, long unread, long id) {
        check(frame, change, unread);
        assertThat(Json.ids(frame.path("ids"))).containsExactly(id);
    }

    private static void checkAllRead(JsonNode frame, long unread, long upTo, long upToSeq) {
        check(frame, "all_read", unread);
        assertThat(frame.path("up_to").asLong()).isEqualTo(upTo);
        assertThat(frame.path("up_to_seq").asLong()).isEqualTo(upToSeq);
    }

    private static void check(JsonNode frame, String change, long unread) {
        assertThat(frame.path("type").asString()).isEqualTo("inbox");
        assertThat(frame.path("change").asString()).isEqualTo(change);
        assertThat(frame.path("unread").asLong()).isEqualTo(unread);
    }
}
