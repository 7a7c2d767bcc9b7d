package io.belfry.persister.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.events.InboxChanged;
import io.belfry.events.InboxChanged.Change;
import io.belfry.events.NotificationType;
import io.belfry.events.wire.EventCodec;
import io.belfry.events.wire.EventType;
import io.belfry.persister.announce.Announcements;
import io.belfry.persister.metrics.PersisterMetrics;
import io.belfry.persister.support.DatabaseTest;
import io.belfry.runtime.settings.Variables;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What leaves by its age, and who is erased; on a real database and Kafka. */
class RetentionIT extends DatabaseTest {

    private final EventCodec codec = new EventCodec();
    private final SimpleMeterRegistry figures = new SimpleMeterRegistry();

    @BeforeAll
    void createTopics() {
        installation.createTopic(installation.topics().changed(), 1);
        installation.createTopic(installation.topics().erasures(), 1);
    }

    @BeforeEach
    void forgetOtherTests() {
        run(
                "TRUNCATE retention_progress, notification, inbox, inbox_entry, notification_request, audit_log, erased_user");
    }

    @Test
    void oldEntriesLeaveAnInboxInOneChange() {
        long user = newId();
        long read = give(401, NotificationType.MESSAGE, user);
        long unread = give(401, NotificationType.MESSAGE, user);
        long deleted = give(401, NotificationType.MESSAGE, user);
        long young = give(399, NotificationType.MESSAGE, user);
        row("SELECT * FROM inbox_set_read(?, ?, true)", user, read);
        row("SELECT * FROM inbox_delete(?, ?)", user, deleted);
        long seq = number("SELECT seq FROM inbox WHERE user_id = ?", user);

        removeAll();

        assertThat(row("SELECT seq, unread, total, floor FROM inbox WHERE user_id = ?", user))
                .containsExactly(
                        Map.entry("seq", seq + 1),
                        Map.entry("unread", 1L),
                        Map.entry("total", 1L),
                        Map.entry("floor", seq + 1));
        assertThat(changes(user))
                .containsExactly(InboxChanged.ofIds(
                        text("SELECT current_epoch()"), user, seq + 1, 1, Change.DELETED, List.of(read, unread)));
        assertThat(jdbc.sql("SELECT id FROM notification").query(Long.class).list())
                .as("contents that are left")
                .containsExactly(young);
        assertInboxesAreExact();
    }

    @Test
    void whatWasDeletedBeforeLeavesWithoutAChange() {
        long user = newId();
        long deleted = give(401, NotificationType.MESSAGE, user);
        row("SELECT * FROM inbox_delete(?, ?)", user, deleted);

        removeAll();

        assertThat(row("SELECT seq, floor FROM inbox WHERE user_id = ?", user)).containsValues(2L, 2L);
        assertThat(changes(user)).isEmpty();
        assertThat(entries(List.of(user))).isZero();
    }

    @Test
    void eachTypeHasItsTimeAndTheNameOfAnEventStaysKnown() {
        long user = newId();
        give(31, NotificationType.SESSION_START, user);
        give(46, NotificationType.SESSION_START, user);
        give(9_000, NotificationType.EXAM_RESULT, user);
        give(31, NotificationType.MESSAGE, user);

        removeAll("BELFRY_RETENTION_DAYS_BY_TYPE", "session_start=30,exam_result=0");

        assertThat(jdbc.sql("SELECT notification_type FROM inbox_entry ORDER BY 1")
                        .query(String.class)
                        .list())
                .containsExactly("exam_result", "message");
        assertThat(number("SELECT count(*) FROM notification WHERE notification_type = 'session_start'"))
                .as("the one whose event may come again")
                .isEqualTo(1);
    }

    @Test
    void anInboxThatIsLockedIsInNothingsWay() throws Exception {
        long locked = newId();
        long free = newId();
        give(401, NotificationType.MESSAGE, locked, free);
        try (Connection holder =
                installation.transaction("SELECT * FROM inbox WHERE user_id = " + locked + " FOR UPDATE")) {
            removeAll();
            assertThat(entries(List.of(free))).isZero();
            assertThat(entries(List.of(locked))).isEqualTo(1);
            holder.rollback();
        }
        removeAll();
        assertThat(entries(List.of(locked))).isZero();
    }

    @Test
    void persistersTakeTurnsAndAPausedOneDoesNothing() {
        give(401, NotificationType.MESSAGE, newId());
        run("UPDATE retention_turn SET next_at = clock_timestamp() + interval '1 hour'");
        retention().run();
        assertThat(number("SELECT count(*) FROM inbox_entry")).isEqualTo(1);

        run("UPDATE retention_turn SET next_at = clock_timestamp()");
        retention().run();
        assertThat(number("SELECT count(*) FROM inbox_entry")).isZero();
        give(401, NotificationType.MESSAGE, newId());
        retention().run();
        assertThat(number("SELECT count(*) FROM inbox_entry")).as("it paused").isEqualTo(1);
    }

    @Test
    void requestsAndTheAuditLogLeaveToo() {
        String request =
                "INSERT INTO notification_request (id, caller, path, body_hash, recipients, accepted_recipients, created_at)"
                        + " VALUES (?, 'user:1', '/', '', 0, 0, now() - make_interval(days => ?))";
        run(request, "old", 401);
        run(request, "young", 399);
        String done =
                "INSERT INTO audit_log (actor, action, object, at) VALUES ('user:1', 'send', ?, now() - make_interval(days => ?))";
        run(done, "old", 731);
        run(done, "young", 729);

        removeAll();

        assertThat(text("SELECT string_agg(id, ',') FROM notification_request")).isEqualTo("young");
        assertThat(text("SELECT string_agg(object, ',') FROM audit_log")).isEqualTo("young");
    }

    @Test
    void erasesAPersonAndWhatWasForThemAlone() {
        long person = newId();
        long other = newId();
        long alone = give(1, NotificationType.EXAM_RESULT, person);
        long shared = give(1, NotificationType.MESSAGE, person, other);
        run("INSERT INTO course_member VALUES (1, ?, 'student')", person);
        run("INSERT INTO erased_user (user_id) VALUES (?)", person);
        for (long owner : List.of(person, other)) {
            run(
                    "INSERT INTO message_template (user_id, name, notification_type, title, message, data)"
                            + " VALUES (?, 'n', 'message', '', 'm', '{}')",
                    owner);
        }

        erasures().run();

        assertThat(number("SELECT count(*) FROM message_template WHERE user_id = ?", person))
                .isZero();
        assertThat(number("SELECT count(*) FROM message_template WHERE user_id = ?", other))
                .isOne();
        assertThat(entries(List.of(person))).isZero();
        assertThat(number("SELECT count(*) FROM inbox WHERE user_id = ?", person))
                .isZero();
        assertThat(number("SELECT count(*) FROM course_member WHERE user_id = ?", person))
                .isZero();
        assertThat(text("SELECT title || message || data FROM notification WHERE id = ?", alone))
                .isEqualTo("{}");
        assertThat(text("SELECT message FROM notification WHERE id = ?", shared))
                .isEqualTo("text");
        assertThat(changes(person)).extracting(InboxChanged::ids).containsExactly(List.of(alone, shared));
        assertThat(installation.read(installation.topics().erasures()))
                .extracting(record ->
                        codec.decode(record, EventType.USER_ERASED).data().user())
                .contains(person);
        assertThat(text("SELECT object FROM audit_log WHERE action = 'erase'")).isEqualTo("user:" + person);
        assertInboxesAreExact();
    }

    @Test
    void aPersonWhoseInboxIsLockedIsErasedLater() throws Exception {
        long person = newId();
        give(1, NotificationType.MESSAGE, person);
        run("INSERT INTO erased_user (user_id) VALUES (?)", person);
        try (Connection holder =
                installation.transaction("SELECT * FROM inbox WHERE user_id = " + person + " FOR UPDATE")) {
            erasures().run();
            assertThat(number("SELECT count(*) FROM erased_user WHERE erased_at IS NULL"))
                    .isEqualTo(1);
            holder.rollback();
        }
        erasures().run();
        assertThat(number("SELECT count(*) FROM erased_user WHERE erased_at IS NULL"))
                .isZero();
        assertThat(entries(List.of(person))).isZero();
    }

    /** As many batches as there are, without the pauses between them. */
    private void removeAll(String... settings) {
        double before;
        do {
            before = removed();
            run("UPDATE retention_turn SET next_at = clock_timestamp()");
            retention(settings).run();
        } while (removed() > before);
    }

    private double removed() {
        return figures.find("belfry.retention.removed").counters().stream()
                .mapToDouble(counter -> counter.count())
                .sum();
    }

    private Retention retention(String... settings) {
        return new Retention(
                RetentionPeriods.of(new Variables(installation.environment(settings))),
                pooled,
                announcements(),
                new PersisterMetrics(figures, Clock.systemUTC(), installation.topics()));
    }

    private Erasures erasures() {
        return new Erasures(transactions, pooled, announcements());
    }

    private Announcements announcements() {
        return new Announcements(installation::producer, codec, installation.topics(), Clock.systemUTC());
    }

    /** A notification that was stored so many days ago. */
    private long give(int days, NotificationType type, Long... users) {
        long id = number("""
                INSERT INTO notification (event_source, event_id, notification_type, title, message, data, created_at, stored_at)
                VALUES ('/test', gen_random_uuid()::text, ?, 'title', 'text', '{"a":1}', now() - make_interval(days => ?), now())
                RETURNING id
                """, type.wireName(), days);
        run("""
                WITH users AS (
                    INSERT INTO inbox (user_id, seq, unread, total) SELECT u, 1, 1, 1 FROM unnest(?::bigint[]) u
                    ON CONFLICT (user_id) DO UPDATE SET seq = inbox.seq + 1, unread = inbox.unread + 1, total = inbox.total + 1
                    RETURNING user_id, seq, unread)
                INSERT INTO inbox_entry (notification_id, user_id, added_seq, added_unread, changed_seq, notification_type)
                SELECT ?, user_id, seq, unread, seq, ? FROM users
                """, users, id, type.wireName());
        return id;
    }

    private List<InboxChanged> changes(long user) {
        return installation.read(installation.topics().changed()).stream()
                .map(record -> codec.decode(record, EventType.INBOX_CHANGED).data())
                .filter(change -> change.user() == user)
                .toList();
    }
}
