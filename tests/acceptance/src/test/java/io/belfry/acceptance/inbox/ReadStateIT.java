package io.belfry.acceptance.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.kit.contract.Json;
import io.belfry.kit.http.Shapes;
import io.belfry.kit.system.NotificationSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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

    @Test
    void deletedIsGoneForEveryCall() {
        long id = inbox.id(3);
        inbox.delete(id);

        inbox.get(id + "/").expectProblem(404);
        inbox.api().patch(Inbox.PATH + id + "/mark_read/").expectProblem(404);
        inbox.api().delete(Inbox.PATH + id + "/").expectProblem(404);
        JsonNode count = inbox.get("unread_count/").expect(200).body();
        assertThat(count.propertyNames()).containsExactlyInAnyOrder("unread_count", "seq", "epoch");
        assertThat(count.path("unread_count").asLong()).isEqualTo(2);
        assertThat(count.path("seq").asLong()).isEqualTo(4);
        inbox.checkAgainstTruth();
    }

    @Test
    void inboxThatNeverWasHasZeros() {
        Inbox none = Inbox.empty(system);

        checkNumbers(none.page(""), 0, 0);
        assertThat(none.page("").path("count").asInt()).isZero();
        checkNumbers(none.changes(0, ""), 0, 0);
        assertThat(none.get("unread_count/").body().path("unread_count").asLong(-1))
                .isZero();
        assertThat(none.api()
                        .post(Inbox.PATH + "mark_all_read/", null)
                        .expect(200)
                        .body()
                        .path("updated")
                        .asInt())
                .isZero();
        none.get("1/").expectProblem(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?page=0",
                "?page=-1",
                "?page=x",
                "?page=99999999999999999999",
                "?page_size=0",
                "?page_size=-1",
                "?page_size=1.5",
                "?cursor=nonsense",
                "?cursor=%00",
                "?is_read=maybe",
                "?is_read=TRUE%20",
                "?notification_type=exam_results",
                "?notification_type=EXAM_RESULT"
            })
    void parametersThatMakeNoSenseAreRefused(String query) {
        inbox.get(query).expectProblem(400);
    }
}
