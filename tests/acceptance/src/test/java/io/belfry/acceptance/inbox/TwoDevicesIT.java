package io.belfry.acceptance.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.kit.contract.Json;
import io.belfry.kit.socket.SocketClient;
import io.belfry.kit.system.NotificationSystem;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What one device does, the other shows: every change to an inbox reaches all of its user's sockets. */
class TwoDevicesIT {

    private final NotificationSystem system = NotificationSystem.shared();
    private final Inbox inbox = Inbox.with(system, 3);

    private static void check(JsonNode frame, String change, long unread) {
        assertThat(frame.path("type").asString()).isEqualTo("inbox");
        assertThat(frame.path("change").asString()).isEqualTo(change);
        assertThat(frame.path("unread").asLong()).isEqualTo(unread);
    }

    @Test
    void changesByRestShowOnBothSockets() {
        long first = inbox.id(1);
        long second = inbox.id(2);
        try (SocketClient phone = system.socket(inbox.user(), 1);
                SocketClient laptop = system.socket(inbox.user(), 2)) {
            inbox.markRead(first);
            inbox.markUnread(first);
            inbox.delete(second);
            inbox.api()
                    .post(Inbox.PATH + "mark_all_read/", Json.object("up_to", first))
                    .expect(200);

            for (SocketClient device : List.of(phone, laptop)) {
                check(device.awaitSeq(4), "read", 2);
                assertThat(Json.ids(device.awaitSeq(4).path("ids"))).containsExactly(first);
                check(device.awaitSeq(5), "unread", 3);
                check(device.awaitSeq(6), "deleted", 2);
                assertThat(Json.ids(device.awaitSeq(6).path("ids"))).containsExactly(second);
                JsonNode allRead = device.awaitSeq(7);
                check(allRead, "all_read", 1);
                assertThat(allRead.path("up_to").asLong()).isEqualTo(first);
                assertThat(allRead.path("up_to_seq").asLong()).isEqualTo(1);
            }
        }
        inbox.checkAgainstTruth();
    }

    @Test
    void changesByOneSocketShowOnTheOtherAndInTheList() {
        long first = inbox.id(1);
        try (SocketClient phone = system.socket(inbox.user(), 1);
                SocketClient laptop = system.socket(inbox.user(), 2)) {
            phone.send(Json.object("type", "mark_read", "id", first, "ref", "c1"));

            assertThat(phone.awaitRef("c1").path("type").asString()).isEqualTo("ack");
            check(laptop.awaitSeq(4), "read", 2);
            check(phone.awaitSeq(4), "read", 2);

            laptop.send(Json.object("type", "mark_all_read", "up_to", inbox.id(3), "ref", "c2"));
            JsonNode allRead = phone.awaitSeq(5);
            check(allRead, "all_read", 0);
            assertThat(allRead.path("up_to_seq").asLong()).isEqualTo(3);
        }
        assertThat(inbox.get(first + "/").body().path("is_read").asBoolean()).isTrue();
        inbox.checkAgainstTruth();
    }
}
