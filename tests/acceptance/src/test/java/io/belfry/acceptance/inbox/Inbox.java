package io.belfry.acceptance.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.belfry.kit.database.Item;
import io.belfry.kit.http.ApiClient;
import io.belfry.kit.http.Reply;
import io.belfry.kit.kafka.Events;
import io.belfry.kit.kafka.Events.Draft;
import io.belfry.kit.system.NotificationSystem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** A new user's inbox through the REST door. */
final class Inbox {

    static final String PATH = "/api/notifications/";

    private final NotificationSystem system;
    private final long user;
    private final ApiClient api;

    private Inbox(NotificationSystem system, long user) {
        this.system = system;
        this.user = user;
        this.api = system.user(user);
    }

    /** With this many notifications, titled n1, n2 … in the order in which they entered. */
    static Inbox with(NotificationSystem system, int count) {
        Inbox inbox = new Inbox(system, system.platform().newUserId());
        inbox.receive(count);
        return inbox;
    }

    /** Lets more come in and waits for them. */
    void receive(int count) {
        int before = (int) system.database().counters(user).seq();
        List<Draft> drafts = new ArrayList<>();
        IntStream.rangeClosed(before + 1, before + count)
                .forEach(each -> drafts.add(Events.request(Events.newId(), Events.message(List.of(user), "n" + each))
                        .partition(0)));
        system.events().publishAll(drafts);
        await("user " + user + " has " + count + " more")
                .atMost(Duration.ofSeconds(30))
                .until(() -> system.database().counters(user).seq() == before + count);
    }

    long user() {
        return user;
    }

    ApiClient api() {
        return api;
    }

    Reply get(String more) {
        return api.get(PATH + more);
    }

    /** The id of the notification that entered as this one, from 1. */
    long id(int entered) {
        return items().stream()
                .filter(item -> item.addedSeq() == entered)
                .findFirst()
                .orElseThrow()
                .id();
    }

    List<Item> items() {
        return system.database().items(user);
    }

    void markRead(long id) {
        api.patch(PATH + id + "/mark_read/").expect(200);
    }

    void markUnread(long id) {
        api.patch(PATH + id + "/mark_unread/").expect(200);
    }

    void delete(long id) {
        api.delete(PATH + id + "/").expect(204);
    }

    /** What the database says about it is consistent, and the list shows just that. */
    void checkAgainstTruth() {
        assertThat(system.database().inconsistencies(List.of(user))).isEmpty();
        List<Item> listed = new ArrayList<>();
        get("?page_size=100").expect(200).body().path("results").forEach(row -> listed.add(Item.listed(row)));
        assertThat(listed).isEqualTo(items());
    }
}
