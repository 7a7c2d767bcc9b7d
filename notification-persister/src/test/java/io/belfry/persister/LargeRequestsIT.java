package io.belfry.persister;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.events.EventId;
import io.belfry.events.NotificationRequested;
import io.belfry.events.wire.NotificationPublisher;
import io.belfry.persister.support.PersisterTest;
import io.belfry.persister.support.Requests;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A send to many is in the way of the next one to its course, and of no other. One thread reads one partition. */
class LargeRequestsIT extends PersisterTest {

    private static final int LARGE = 20_000;
    private static final String SOURCE = "/large";

    private final NotificationPublisher publisher =
            new NotificationPublisher(installation.producer(), installation.topics(), SOURCE, Clock.systemUTC());

    @BeforeAll
    void startOneThread() {
        start("BELFRY_PERSISTER_THREADS", "1", "BELFRY_KAFKA_PARTITIONS", "1");
    }

    @Test
    void letsSmallOnesPassLargeOnesThatAreUnderWay() {
        publish("large", Requests.toCourse("to all", courseOf(newIds(LARGE))));
        publish("other large", Requests.toCourse("to all", courseOf(newIds(LARGE))));
        publish("one user", Requests.toUsers("to one", newId()));
        publish("small course", Requests.toCourse("to few", courseOf(newIds(30))));
        awaitStored("large", "other large", "one user", "small course");
        assertThat(storedInOrder("large", "other large", "one user", "small course"))
                .endsWith("large", "other large");
        assertEveryNumberIsAnEntry();
    }

    @Test
    void keepsTheOrderOfACourse() {
        List<Long> students = newIds(LARGE);
        long course = courseOf(students);
        publish("first", Requests.toCourse("to all", course));
        publish("second", Requests.toCourse("to all", course));
        awaitStored("first", "second");
        assertThat(
                        number(
                                "SELECT count(*) FROM inbox_entry e JOIN notification n ON n.id = e.notification_id"
                                        + " WHERE n.event_id IN ('first', 'second') AND added_seq = CASE n.event_id WHEN 'first' THEN 1 ELSE 2 END"))
                .isEqualTo(2L * students.size());
    }

    @Test
    void givesALargeOneItsShareAmongManyOthers() {
        stop();
        List<String> all = new ArrayList<>(List.of("long"));
        publish("long", Requests.toCourse("to all", courseOf(newIds(4_500))));
        for (int i = 0; i < 300; i++) {
            publish("short" + i, Requests.toCourse("to few", courseOf(newIds(10))));
            all.add("short" + i);
        }
        startOneThread(); // and all of them come in one poll
        awaitStored(all.toArray(String[]::new));
        assertThat(storedInOrder(all.toArray(String[]::new)).indexOf("long")).isLessThan(300);
        assertEveryNumberIsAnEntry();
    }

    private void publish(String id, NotificationRequested request) {
        publisher.publish(new EventId(SOURCE, id), request, null).join();
    }

    private void awaitStored(String... events) {
        eventually().untilAsserted(() -> assertThat(storedInOrder(events)).hasSize(events.length));
    }

    private List<String> storedInOrder(String... events) {
        return jdbc.sql(
                        "SELECT event_id FROM notification WHERE event_id = ANY (?) AND stored_at IS NOT NULL ORDER BY stored_at")
                .param(events)
                .query(String.class)
                .list();
    }
}
