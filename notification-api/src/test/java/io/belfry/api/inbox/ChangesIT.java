package io.belfry.api.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.api.support.Api;
import io.belfry.api.support.Api.Answer;
import io.belfry.api.support.TestDatabase;
import io.belfry.api.support.TestDatabase.Content;
import io.belfry.api.support.TestSystem;
import io.belfry.kit.http.Shapes;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChangesIT {

    private static final String CHANGES = "/api/notifications/changes/";

    private final TestSystem system = TestSystem.shared();
    private final TestDatabase database = system.database();
    private final long user = TestSystem.newId();
    private final Api api = system.asUser(user);

    private Answer since(long after) {
        return api.get(CHANGES + "?after=" + after);
    }

    @Test
    void tellsWhatWasAddedReadAndDeletedSince() {
        long kept = database.deliver(user);
        long read = database.deliver(user);
        long gone = database.deliver(user);
        api.patch("/api/notifications/" + read + "/mark_read/");
        api.delete("/api/notifications/" + gone + "/");
        long added = database.deliver(user);

        Answer changes = since(3).has("seq", 6, "unread", 2, "reset", false, "deleted", List.of(gone));

        Shapes.changes(changes.json());
        assertThat(changes.ids("notifications")).containsExactlyInAnyOrder(read, added);
        assertThat(since(0).ids("notifications")).containsExactlyInAnyOrder(kept, read, added);
        assertThat(since(6).ids("notifications")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"499,false", "500,false", "501,true"})
    void namesUpToFiveHundredAndNeverAPart(int changed, boolean reset) {
        database.deliver(user, Content.PLAIN, changed);

        Answer changes = since(0).has("reset", reset, "seq", changed);

        assertThat(changes.ids("notifications")).hasSize(reset ? 0 : changed);
    }

    @ParameterizedTest
    @CsvSource({"500,false", "501,true"})
    void countsChangedAndAddedTogether(int named, boolean reset) {
        database.deliver(user, Content.PLAIN, 300);
        api.post("/api/notifications/mark_all_read/", "{}");
        database.deliver(user, Content.PLAIN, named - 300);

        assertThat(since(300).has("reset", reset).ids("notifications")).hasSize(reset ? 0 : named);
    }

    @Test
    void resetsWhenTheClientIsAheadOrOfAnotherHistory() {
        database.deliver(user);
        String epoch = since(0).string("epoch");

        since(2).has("reset", true);
        api.get(CHANGES + "?after=0&epoch=" + epoch).has("reset", false);
        api.get(CHANGES + "?after=0&epoch=other").has("reset", true, "notifications", List.of(), "epoch", epoch);
        api.get(CHANGES + "?after=0&epoch=").has("reset", false);
    }

    @Test
    void resetsBelowWhatIsRemembered() {
        database.deliver(user, Content.PLAIN, 5);
        database.sql()
                .sql("UPDATE inbox SET floor = 3 WHERE user_id = ?")
                .param(user)
                .update();

        since(2).has("reset", true);
        assertThat(since(3).has("reset", false).ids("notifications")).hasSize(2);
    }

    @Test
    void inboxThatIsNotThereYetHasNoChanges() {
        since(0).has("reset", false, "seq", 0);
        since(1).has("reset", true);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?after=", "?after=-1", "?after=9007199254740992", "?after=1.0", "?after=%00"})
    void badNumberIsRefused(String query) {
        api.get(CHANGES + query).is(400);
    }

    @Test
    void showsNothingOfOthers() {
        database.deliver(TestSystem.newId());
        database.deliver(user);

        assertThat(since(0).ids("notifications")).hasSize(1);
    }
}
