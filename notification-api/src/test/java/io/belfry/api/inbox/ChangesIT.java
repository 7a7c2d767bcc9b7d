package io.belfry.api.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.api.support.Api;
import io.belfry.api.support.TestDatabase;
import io.belfry.api.support.TestSystem;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ChangesIT {

    private final TestSystem system = TestSystem.shared();
    private final TestDatabase database = system.database();
    private final long user = TestSystem.newId();
    private final Api api = system.asUser(user);

    private JsonNode since(long after) {
        return api.get("/api/notifications/changes/?after=" + after).json();
    }

    private static List<Long> ids(JsonNode rows) {
        List<Long> ids = new ArrayList<>();
        rows.forEach(row -> ids.add(row.isObject() ? row.path("id").longValue() : row.longValue()));
        return ids;
    }

    /** Fast fan-in: many entries in one statement. */
    private void deliverMany(int count) {
        database.transaction().executeWithoutResult(status -> {
            database.sql()
                    .sql("INSERT INTO inbox (user_id) VALUES (?) ON CONFLICT DO NOTHING")
                    .param(user)
                    .update();
            long seq = database.sql()
                    .sql("SELECT seq FROM inbox WHERE user_id = ? FOR UPDATE")
                    .param(user)
                    .query(Long.class)
                    .single();
            database.sql()
                    .sql("""
                            WITH n AS (
                                INSERT INTO notification (event_source, event_id, notification_type, title, message, data)
                                SELECT 'test', gen_random_uuid()::text, 'message', '', 'm', '{}'
                                  FROM generate_series(1, :count)
                                RETURNING id),
                            numbered AS (SELECT id, row_number() OVER (ORDER BY id) AS i FROM n)
                            INSERT INTO inbox_entry (notification_id, user_id, added_seq, added_unread, changed_seq,
                                                     notification_type)
                            SELECT id, :user, :seq + i, :seq + i, :seq + i, 'message' FROM numbered
                            """)
                    .param("count", count)
                    .param("user", user)
                    .param("seq", seq)
                    .update();
            database.sql().sql("""
                            UPDATE inbox SET seq = seq + :count, unread = unread + :count, total = total + :count
                             WHERE user_id = :user
                            """).param("count", count).param("user", user).update();
        });
    }

    @Test
    void tellsWhatWasAddedReadAndDeletedSince() {
        long kept = database.deliver(user);
        long read = database.deliver(user);
        long gone = database.deliver(user);
        api.patch("/api/notifications/" + read + "/mark_read/");
        api.delete("/api/notifications/" + gone + "/");
        long added = database.deliver(user);

        JsonNode changes = since(3);

        assertThat(changes.propertyNames())
                .containsExactlyInAnyOrder("seq", "unread", "epoch", "notifications", "deleted", "reset");
        assertThat(changes.path("seq").intValue()).isEqualTo(6);
        assertThat(changes.path("unread").intValue()).isEqualTo(2);
        assertThat(changes.path("reset").booleanValue()).isFalse();
        assertThat(ids(changes.path("notifications"))).containsExactlyInAnyOrder(read, added);
        assertThat(ids(changes.path("deleted"))).containsExactly(gone);
        assertThat(ids(since(0).path("notifications"))).containsExactlyInAnyOrder(kept, read, added);
        assertThat(ids(since(6).path("notifications"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"499,false", "500,false", "501,true"})
    void namesUpToFiveHundredAndNeverAPart(int changed, boolean reset) {
        deliverMany(changed);

        JsonNode changes = since(0);

        assertThat(changes.path("reset").booleanValue()).isEqualTo(reset);
        assertThat(changes.path("notifications").size()).isEqualTo(reset ? 0 : changed);
        assertThat(changes.path("seq").intValue()).isEqualTo(changed);
    }

    @ParameterizedTest
    @CsvSource({"500,false", "501,true"})
    void countsChangedAndAddedTogether(int named, boolean reset) {
        deliverMany(300);
        api.post("/api/notifications/mark_all_read/", "{}");
        deliverMany(named - 300);

        JsonNode changes = since(300);

        assertThat(changes.path("reset").booleanValue()).isEqualTo(reset);
        assertThat(changes.path("notifications").size()).isEqualTo(reset ? 0 : named);
    }

    @Test
    void oneReadingOfAllIsOneNumberAndNamesAll() {
        deliverMany(5);
        api.post("/api/notifications/mark_all_read/", "{}");

        JsonNode changes = since(5);

        assertThat(changes.path("seq").intValue()).isEqualTo(6);
        assertThat(changes.path("notifications"))
                .allSatisfy(
                        row -> assertThat(row.path("is_read").booleanValue()).isTrue());
        assertThat(changes.path("notifications").size()).isEqualTo(5);
    }

    @Test
    void resetsWhenTheClientIsAheadOrOfAnotherHistory() {
        database.deliver(user);
        String epoch = since(0).path("epoch").stringValue();

        assertThat(since(2).path("reset").booleanValue()).isTrue();
        assertThat(api.get("/api/notifications/changes/?after=0&epoch=" + epoch)
                        .at("reset")
                        .booleanValue())
                .isFalse();
        JsonNode other =
                api.get("/api/notifications/changes/?after=0&epoch=other").json();
        assertThat(other.path("reset").booleanValue()).isTrue();
        assertThat(other.path("notifications").size()).isZero();
        assertThat(other.path("epoch").stringValue()).isEqualTo(epoch);
        assertThat(api.get("/api/notifications/changes/?after=0&epoch=")
                        .at("reset")
                        .booleanValue())
                .isFalse();
    }

    @Test
    void resetsBelowWhatIsRemembered() {
        deliverMany(5);
        database.sql()
                .sql("UPDATE inbox SET floor = 3 WHERE user_id = ?")
                .param(user)
                .update();

        assertThat(since(2).path("reset").booleanValue()).isTrue();
        assertThat(since(3).path("reset").booleanValue()).isFalse();
        assertThat(since(3).path("notifications").size()).isEqualTo(2);
    }

    @Test
    void inboxThatIsNotThereYetHasNoChanges() {
        JsonNode changes = since(0);

        assertThat(changes.path("reset").booleanValue()).isFalse();
        assertThat(changes.path("seq").intValue()).isZero();
        assertThat(since(1).path("reset").booleanValue()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "?after=",
                "?after=-1",
                "?after=9223372036854775808",
                "?after=9007199254740992",
                "?after=NaN",
                "?after=1.0",
                "?after=1e3",
                "?after=%00"
            })
    void badNumberIsRefused(String query) {
        assertThat(api.get("/api/notifications/changes/" + query).status()).isEqualTo(400);
    }

    @Test
    void showsNothingOfOthers() {
        long other = TestSystem.newId();
        database.deliver(other);
        database.deliver(user);

        assertThat(since(0).path("notifications").size()).isEqualTo(1);
    }
}
