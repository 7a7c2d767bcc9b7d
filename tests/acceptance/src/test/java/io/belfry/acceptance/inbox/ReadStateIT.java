package io.belfry.acceptance.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.kit.contract.Json;
import io.belfry.kit.http.Shapes;
import io.belfry.kit.system.NotificationSystem;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Every call that changes an inbox takes one number, and none when it changes nothing. */
class ReadStateIT {

    private final NotificationSystem system = NotificationSystem.shared();
    private final Inbox inbox = Inbox.with(system, 3);

    private static void checkNumbers(JsonNode answer, long seq, long unread) {
        assertThat(answer.path("seq").asLong()).isEqualTo(seq);
        assertThat(answer.path("unread").asLong()).isEqualTo(unread);
    }

    @Test
    void allReadNeedsNoBodyAndNothingToDo() {
        JsonNode all = inbox.api()
                .post(Inbox.PATH + "mark_all_read/", null)
                .expect(200)
                .body();
        checkNumbers(all, 4, 0);
        assertThat(all.path("updated").asInt()).isEqualTo(3);

        JsonNode none = inbox.api()
                .post(Inbox.PATH + "mark_all_read/", Json.object())
                .expect(200)
                .body();
        checkNumbers(none, 4, 0);
        assertThat(none.path("updated").asInt()).isZero();
    }

    @Test
    void allReadUpToAStrangersNotificationIsNotFound() {
        Inbox stranger = Inbox.with(system, 1);

        inbox.api()
                .post(Inbox.PATH + "mark_all_read/", Json.object("up_to", stranger.id(1)))
                .expectProblem(404);
        assertThat(system.database().counters(inbox.user()).seq()).isEqualTo(3);
    }

    @Test
    void deletingAReadOneLeavesTheBadgeAlone() {
        inbox.markRead(inbox.id(1));
        inbox.delete(inbox.id(1));

        checkNumbers(inbox.page(""), 5, 2);
        inbox.checkAgainstTruth();
    }

    @Test
    void oneNotificationCarriesTheInboxesNumbers() {
        JsonNode shown = Shapes.numberedNotification(
                inbox.get(inbox.id(1) + "/").expect(200).body());

        checkNumbers(shown, 3, 3);
        assertThat(shown.path("receiver").asLong()).isEqualTo(inbox.user());
    }
}
