package io.belfry.acceptance.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.kit.contract.Json;
import io.belfry.kit.system.NotificationSystem;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** {@code changes} names all that changed since a number, or says that it cannot. Never a part. */
class ChangesIT {

    private final NotificationSystem system = NotificationSystem.shared();

    private static void checkReset(JsonNode changes) {
        assertThat(changes.path("reset").asBoolean()).isTrue();
        assertThat(changes.path("notifications")).isEmpty();
        assertThat(changes.path("deleted")).isEmpty();
    }

    @Test
    void namesEachChangedOneOnceInItsPresentState() {
        Inbox inbox = Inbox.with(system, 5);
        long gone = inbox.id(2);
        inbox.markRead(inbox.id(1)); // 6
        inbox.markUnread(inbox.id(1)); // 7
        inbox.delete(gone); // 8
        inbox.markRead(inbox.id(4)); // 9
        inbox.receive(1); // 10

        JsonNode since5 = inbox.changes(5, inbox.epoch());

        assertThat(since5.path("reset").asBoolean()).isFalse();
        assertThat(since5.path("seq").asLong()).isEqualTo(10);
        assertThat(since5.path("unread").asLong()).isEqualTo(4);
        assertThat(Inbox.titles(since5.path("notifications"))).containsExactlyInAnyOrder("n1", "n4", "n10");
        assertThat(Json.ids(since5.path("deleted"))).containsExactly(gone);
        since5.path("notifications")
                .forEach(row -> assertThat(row.path("is_read").asBoolean())
                        .isEqualTo(row.path("title").asString().equals("n4")));
        assertThat(Inbox.titles(inbox.changes(8, "").path("notifications"))).containsExactlyInAnyOrder("n4", "n10");
        assertThat(inbox.changes(10, "").path("notifications")).isEmpty();
    }

    @Test
    void nothingFromTheStartIsTheWholeInbox() {
        Inbox inbox = Inbox.with(system, 3);

        assertThat(Inbox.titles(inbox.changes(0, "").path("notifications")))
                .containsExactlyInAnyOrder("n1", "n2", "n3");
    }

    @Test
    void allReadNamesEveryOneItRead() {
        Inbox inbox = Inbox.with(system, 4);
        inbox.markRead(inbox.id(1));
        inbox.api().post(Inbox.PATH + "mark_all_read/", null).expect(200);

        JsonNode changes = inbox.changes(5, "");

        assertThat(changes.path("seq").asLong()).isEqualTo(6);
        assertThat(Inbox.titles(changes.path("notifications"))).containsExactlyInAnyOrder("n2", "n3", "n4");
    }

    @Test
    void fiveHundredAreNamedAndOneMoreIsAReset() {
        Inbox inbox = Inbox.with(system, 501);

        assertThat(inbox.changes(2, "").path("notifications")).hasSize(499);
        assertThat(inbox.changes(1, "").path("notifications")).hasSize(500);
        JsonNode tooMany = inbox.changes(0, "");
        checkReset(tooMany);
        assertThat(tooMany.path("seq").asLong()).isEqualTo(501);
        assertThat(tooMany.path("unread").asLong()).isEqualTo(501);
    }

    @Test
    void anotherEpochIsAReset() {
        Inbox inbox = Inbox.with(system, 1);

        checkReset(inbox.changes(0, "another-history"));
    }

    @Test
    void aNumberFromTheFutureIsAReset() {
        Inbox inbox = Inbox.with(system, 1);

        checkReset(inbox.changes(2, ""));
        checkReset(inbox.changes(9007199254740991L, inbox.epoch()));
        checkReset(Inbox.empty(system).changes(1, ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "changes/",
                "changes/?after=",
                "changes/?after=-1",
                "changes/?after=NaN",
                "changes/?after=1.0",
                "changes/?after=9223372036854775808"
            })
    void questionsThatMakeNoSenseAreRefused(String question) {
        Inbox.empty(system).get(question).expectProblem(400);
    }

    @Test
    void strangersChangesStayTheirs() {
        Inbox mine = Inbox.with(system, 2);
        Inbox.with(system, 2);

        mine.changes(0, "")
                .path("notifications")
                .forEach(row -> assertThat(row.path("receiver").asLong()).isEqualTo(mine.user()));
        assertThat(List.copyOf(mine.items())).hasSize(2);
    }
}
