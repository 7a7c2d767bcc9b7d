package io.belfry.api.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.belfry.api.support.Api;
import io.belfry.api.support.Api.Answer;
import io.belfry.api.support.TestDatabase;
import io.belfry.api.support.TestSystem;
import io.belfry.api.support.Together;
import io.belfry.api.support.Tokens;
import io.belfry.api.support.TopicReader;
import io.belfry.events.InboxChanged;
import io.belfry.events.InboxChanged.Change;
import io.belfry.events.wire.Event;
import io.belfry.events.wire.EventType;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ReadStateIT {

    private final TestSystem system = TestSystem.shared();
    private final TestDatabase database = system.database();
    private final long user = TestSystem.newId();
    private final Api api = system.asUser(user);

    private List<InboxChanged> announced(int expected) {
        List<InboxChanged> found = new ArrayList<>();
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            found.clear();
            TopicReader.all(system.topics().changed(), EventType.INBOX_CHANGED, change -> change.user() == user)
                    .stream()
                    .map(Event::data)
                    .forEach(found::add);
            assertThat(found).hasSize(expected);
        });
        return found;
    }

    @Test
    void readingAndUnreadingMoveTheNumbersAndAreAnnouncedOnce() {
        long id = database.deliver(user);

        JsonNode read = api.patch("/api/notifications/" + id + "/mark_read/").json();
        JsonNode again = api.patch("/api/notifications/" + id + "/mark_read").json();
        JsonNode unread =
                api.patch("/api/notifications/" + id + "/mark_unread/").json();

        assertThat(read.path("is_read").booleanValue()).isTrue();
        assertThat(read.path("read_at").stringValue()).endsWith("Z");
        assertThat(read.path("seq").intValue()).isEqualTo(2);
        assertThat(read.path("unread").intValue()).isZero();
        assertThat(again).isEqualTo(read);
        assertThat(unread.path("is_read").booleanValue()).isFalse();
        assertThat(unread.path("read_at").isNull()).isTrue();
        assertThat(unread.path("seq").intValue()).isEqualTo(3);
        String epoch = read.path("epoch").stringValue();
        assertThat(announced(2))
                .containsExactlyInAnyOrder(
                        InboxChanged.ofIds(epoch, user, 2, 0, Change.READ, List.of(id)),
                        InboxChanged.ofIds(epoch, user, 3, 1, Change.UNREAD, List.of(id)));
    }

    @Test
    void allReadIsOneChangeAndTellsUpToWhere() {
        database.deliver(user);
        long newest = database.deliver(user);

        JsonNode all = api.post("/api/notifications/mark_all_read/", "{}").json();
        JsonNode again = api.call("POST", "/api/notifications/mark_all_read/", HttpRequest.BodyPublishers.noBody())
                .json();

        assertThat(all.propertyNames()).containsExactlyInAnyOrder("updated", "seq", "unread", "epoch");
        assertThat(all.path("updated").intValue()).isEqualTo(2);
        assertThat(all.path("seq").intValue()).isEqualTo(3);
        assertThat(all.path("unread").intValue()).isZero();
        assertThat(again.path("updated").intValue()).isZero();
        assertThat(again.path("seq").intValue()).isEqualTo(3);
        assertThat(announced(1))
                .containsExactly(InboxChanged.allRead(all.path("epoch").stringValue(), user, 3, 0, newest, 2));
    }

    @Test
    void allReadStopsAtTheOneThatTheUserSaw() {
        database.deliver(user);
        long seen = database.deliver(user);
        long arrivedMeanwhile = database.deliver(user);

        JsonNode all = api.post("/api/notifications/mark_all_read/", "{\"up_to\":" + seen + "}")
                .json();

        assertThat(all.path("updated").intValue()).isEqualTo(2);
        assertThat(all.path("unread").intValue()).isEqualTo(1);
        assertThat(api.get("/api/notifications/" + arrivedMeanwhile + "/")
                        .at("is_read")
                        .booleanValue())
                .isFalse();
    }

    @Test
    void deletedIsGoneAndAnnounced() {
        long id = database.deliver(user);

        Answer deleted = api.delete("/api/notifications/" + id + "/");

        assertThat(deleted.status()).isEqualTo(204);
        assertThat(deleted.text()).isEmpty();
        assertThat(api.get("/api/notifications/" + id + "/").problem()).isEqualTo("not_found");
        assertThat(api.delete("/api/notifications/" + id + "/").problem()).isEqualTo("not_found");
        assertThat(api.patch("/api/notifications/" + id + "/mark_read/").problem())
                .isEqualTo("not_found");
        JsonNode page = api.get("/api/notifications/").json();
        assertThat(page.path("count").intValue()).isZero();
        assertThat(page.path("unread").intValue()).isZero();
        assertThat(announced(1).get(0).change()).isEqualTo(Change.DELETED);
    }

    @Test
    void changesFromManyDevicesAtOnceLeaveNoHole() throws Exception {
        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            ids.add(database.deliver(user));
        }
        List<Callable<Answer>> calls = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            String path = "/api/notifications/" + ids.get(i);
            calls.add(() -> api.patch(path + "/mark_read/"));
            calls.add(() -> api.patch(path + "/mark_read/"));
            if (i % 4 == 0) {
                calls.add(() -> api.delete(path + "/"));
            }
        }

        Together.run(calls);

        JsonNode state = api.get("/api/notifications/?page_size=100").json();
        assertThat(state.path("count").intValue()).isEqualTo(15);
        assertThat(state.path("unread").intValue()).isZero();
        // A delete may come before the reading of the same one, which then finds nothing.
        int seq = state.path("seq").intValue();
        assertThat(seq).isBetween(40, 45);
        assertThat(announced(seq - 20))
                .extracting(InboxChanged::seq)
                .doesNotHaveDuplicates()
                .allMatch(number -> number > 20 && number <= seq);
    }

    @Test
    void serviceHasNoInbox() {
        Api service = system.as(Tokens.service("exams"));

        assertThat(service.get("/api/notifications/").problem()).isEqualTo("forbidden");
        assertThat(service.get("/api/notifications/changes/?after=0").problem()).isEqualTo("forbidden");
        assertThat(service.get("/api/notifications/unread_count/").problem()).isEqualTo("forbidden");
        assertThat(service.patch("/api/notifications/1/mark_read/").problem()).isEqualTo("forbidden");
        assertThat(service.post("/api/notifications/mark_all_read/", "{}").problem())
                .isEqualTo("forbidden");
        assertThat(service.delete("/api/notifications/1/").problem()).isEqualTo("forbidden");
    }
}
