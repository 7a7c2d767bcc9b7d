package io.belfry.api.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.belfry.api.support.Api;
import io.belfry.api.support.Api.Answer;
import io.belfry.api.support.TestDatabase;
import io.belfry.api.support.TestDatabase.Content;
import io.belfry.api.support.TestSystem;
import io.belfry.events.InboxChanged;
import io.belfry.events.InboxChanged.Change;
import io.belfry.events.wire.Event;
import io.belfry.events.wire.EventType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ReadStateIT {

    private static final String ALL = "/api/notifications/mark_all_read/";

    private final TestSystem system = TestSystem.shared();
    private final TestDatabase database = system.database();
    private final long user = TestSystem.newId();
    private final Api api = system.asUser(user);

    private List<InboxChanged> announced(int expected) {
        return await().atMost(Duration.ofSeconds(20))
                .until(
                        () -> system
                                .events(
                                        system.topics().changed(),
                                        EventType.INBOX_CHANGED,
                                        change -> change.user() == user)
                                .stream()
                                .map(Event::data)
                                .toList(),
                        found -> found.size() == expected);
    }

    private static String path(long id) {
        return "/api/notifications/" + id + "/";
    }

    @Test
    void readingAndUnreadingMoveTheNumbersAndAreAnnouncedOnce() {
        long id = database.deliver(user);

        Answer read = api.patch(path(id) + "mark_read/").has("is_read", true, "seq", 2, "unread", 0);
        assertThat(api.patch(path(id) + "mark_read").json()).isEqualTo(read.json());
        api.patch(path(id) + "mark_unread/").has("is_read", false, "read_at", null, "seq", 3);

        assertThat(read.string("read_at")).endsWith("Z");
        String epoch = read.string("epoch");
        assertThat(announced(2))
                .containsExactlyInAnyOrder(
                        InboxChanged.ofIds(epoch, user, 2, 0, Change.READ, List.of(id)),
                        InboxChanged.ofIds(epoch, user, 3, 1, Change.UNREAD, List.of(id)));
    }

    @Test
    void allReadIsOneChangeAndTellsUpToWhere() {
        database.deliver(user);
        long newest = database.deliver(user);

        Answer all = api.post(ALL, "{}")
                .hasFields("updated", "seq", "unread", "epoch")
                .has("updated", 2, "seq", 3, "unread", 0);
        api.call("POST", ALL).has("updated", 0, "seq", 3);

        assertThat(announced(1)).containsExactly(InboxChanged.allRead(all.string("epoch"), user, 3, 0, newest, 2));
    }

    @Test
    void allReadStopsAtTheOneThatTheUserSaw() {
        database.deliver(user);
        long seen = database.deliver(user);
        long arrivedMeanwhile = database.deliver(user);

        api.post(ALL, "{\"up_to\":" + seen + "}").has("updated", 2, "unread", 1);

        api.get(path(arrivedMeanwhile)).has("is_read", false);
    }

    @Test
    void deletedIsGoneAndAnnounced() {
        long id = database.deliver(user);

        assertThat(api.delete(path(id)).is(204).text()).isEmpty();

        api.get(path(id)).is("not_found");
        api.delete(path(id)).is("not_found");
        api.patch(path(id) + "mark_read/").is("not_found");
        api.get("/api/notifications/").has("count", 0, "unread", 0);
        assertThat(announced(1).get(0).change()).isEqualTo(Change.DELETED);
    }

    @Test
    void changesFromManyDevicesAtOnceLeaveNoHole() {
        List<CompletableFuture<Answer>> calls = new ArrayList<>();
        List<Long> ids = database.deliver(user, Content.PLAIN, 20);
        for (int i = 0; i < ids.size(); i++) {
            calls.add(api.later("PATCH", path(ids.get(i)) + "mark_read/", null));
            calls.add(api.later("PATCH", path(ids.get(i)) + "mark_read/", null));
            if (i % 4 == 0) {
                calls.add(api.later("DELETE", path(ids.get(i)), null));
            }
        }

        calls.forEach(CompletableFuture::join);

        Answer state = api.get("/api/notifications/?page_size=100").has("count", 15, "unread", 0);
        // A delete may come before the reading of the same one, which then finds nothing.
        int seq = (int) state.number("seq");
        assertThat(seq).isBetween(40, 45);
        assertThat(announced(seq - 20))
                .extracting(InboxChanged::seq)
                .doesNotHaveDuplicates()
                .allMatch(number -> number > 20 && number <= seq);
    }

    @Test
    void serviceHasNoInbox() {
        Api service = system.service("exams");

        service.get("/api/notifications/").is("forbidden");
        service.get("/api/notifications/changes/?after=0").is("forbidden");
        service.get("/api/notifications/unread_count/").is("forbidden");
        service.patch("/api/notifications/1/mark_read/").is("forbidden");
        service.post(ALL, "{}").is("forbidden");
        service.delete("/api/notifications/1/").is("forbidden");
    }
}
