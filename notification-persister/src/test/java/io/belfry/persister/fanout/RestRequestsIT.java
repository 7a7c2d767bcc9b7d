package io.belfry.persister.fanout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.belfry.events.Audience;
import io.belfry.events.EventId;
import io.belfry.events.NotificationData;
import io.belfry.events.NotificationRequested;
import io.belfry.events.NotificationType;
import io.belfry.events.wire.Event;
import io.belfry.events.wire.EventType;
import io.belfry.persister.support.DatabaseTest;
import io.belfry.persister.support.Requests;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What senders by REST are told while their events are stored, on a real database and without Kafka. */
class RestRequestsIT extends DatabaseTest {

    private static final Logger DRIVER = Logger.getLogger("org.postgresql.core.v3.QueryExecutorImpl");

    private final FanoutWriter writer = new FanoutWriter(transactions, pooled);
    private EventId event;

    @BeforeEach
    void name() {
        event = new EventId(EventId.OF_API, "rest-" + newId());
    }

    @Test
    void areStoredWithTheLastRecipient() {
        requested();
        NotificationRequested toMany = Requests.toUsers("by rest", newIds(1_001));
        long notification = write(toMany).row().content().id();
        assertThat(status()).isEqualTo("pending");
        write(toMany);
        assertThat(status()).isEqualTo("stored");
        assertThat(jdbc.sql("SELECT recipients, notification_id, stored_at FROM notification_request WHERE id = ?")
                        .param(event.id())
                        .query((row, n) -> tuple(row.getInt(1), row.getLong(2), row.getObject(3) != null))
                        .single())
                .isEqualTo(tuple(1_001, notification, true));
    }

    @Test
    void areStoredWhenTheirEventWasStoredBefore() {
        NotificationRequested whole = Requests.toUsers("restored", newId());
        write(whole);
        requested();

        assertThat(write(whole).added()).isEmpty();

        assertThat(status()).isEqualTo("stored");
    }

    /** The api takes such bodies for the same. */
    @Test
    void areStoredWhenTheirEventWasStoredInOtherLetters() {
        long user = newId();
        write(withData(user, "{\"a\":1,\"b\":2}"));
        requested();

        assertThat(write(withData(user, "{\"b\":2,\"a\":1}")).added()).isEmpty();

        assertThat(status()).isEqualTo("stored");
    }

    @Test
    void areNotStoredWhileTheFirstEventOfTheirNameIsHalfWay() {
        requested();
        write(Requests.toUsers("first", newIds(1_500)));

        write(Requests.toUsers("second", newId()));

        assertThat(status()).isEqualTo("pending");
    }

    /** Rows are locked meanwhile, and the database is most often another machine. */
    @Test
    void toACourseTakeThreeRoundTripsAndTheCommit() {
        requested();
        long course = courseOf(newIds(1_001));
        AtomicInteger roundTrips = new AtomicInteger();
        Thread writing = Thread.currentThread();
        DRIVER.setLevel(Level.FINEST);
        DRIVER.setFilter(said -> {
            if (said.getMessage().equals(" FE=> Sync") && Thread.currentThread() == writing) {
                roundTrips.incrementAndGet();
            }
            return false;
        });
        try {
            assertThat(write(Requests.toCourse("first chunk", course)).complete())
                    .isFalse();
            assertThat(roundTrips).as("claim, lock, write, commit").hasValue(4);
            roundTrips.set(0);
            assertThat(write(Requests.toCourse("first chunk", course)).complete())
                    .isTrue();
            assertThat(roundTrips).as("one more to find the claimed row").hasValue(5);
        } finally {
            DRIVER.setFilter(null);
            DRIVER.setLevel(null);
        }
        assertThat(status()).isEqualTo("stored");
    }

    private void requested() {
        jdbc.sql("""
                        INSERT INTO notification_request (id, caller, path, body_hash, recipients, accepted_recipients)
                        VALUES (?, 'user:1', '/', '', 999, 999)
                        """).param(event.id()).update();
    }

    private String status() {
        return text("SELECT status FROM notification_request WHERE id = ?", event.id());
    }

    private Stored write(NotificationRequested data) {
        Event<NotificationRequested> named = Event.of(event, EventType.NOTIFICATION_REQUESTED, Instant.now(), data);
        return writer.write(List.of(FanoutRequest.of(named)), false).get(0);
    }

    private static NotificationRequested withData(long user, String json) {
        return new NotificationRequested(
                Audience.user(user), null, NotificationType.MESSAGE, "", "m", NotificationData.parse(json));
    }
}
