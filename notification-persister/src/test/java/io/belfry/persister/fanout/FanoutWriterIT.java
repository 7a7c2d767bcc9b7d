package io.belfry.persister.fanout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.belfry.events.EventId;
import io.belfry.events.NotificationRequested;
import io.belfry.events.NotificationStored.Recipient;
import io.belfry.events.wire.Event;
import io.belfry.events.wire.EventType;
import io.belfry.events.wire.PoisonException;
import io.belfry.persister.fanout.Stored.Origin;
import io.belfry.persister.support.DatabaseTest;
import io.belfry.persister.support.Requests;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Exactness, on a real database and without Kafka. */
class FanoutWriterIT extends DatabaseTest {

    private final FanoutWriter writer = new FanoutWriter(transactions, pooled);

    @Test
    void numbersAUserMetSeveralTimesInRecordOrder() {
        long user = newId();
        List<Stored> stored = writer.write(
                List.of(
                        request("z", Requests.toUsers("first", user)),
                        request("a", Requests.toUsers("second", user, newId())),
                        request("m", Requests.toUsers("third", user))),
                false);
        assertThat(stored)
                .extracting(one -> recipient(one, user))
                .containsExactly(new Recipient(user, 1, 1), new Recipient(user, 2, 2), new Recipient(user, 3, 3));
        assertThat(row("SELECT seq, unread, total FROM inbox WHERE user_id = ?", user))
                .containsValues(3L, 3L, 3L);
    }

    @Test
    void storesAnEventOnceHoweverManyHandleItAtOnce() throws Exception {
        long course = courseOf(newIds(2_500));
        FanoutRequest request = request("shared", Requests.toCourse("to all", course));
        List<Callable<List<Recipient>>> handlers = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            handlers.add(() -> writeUntilComplete(request));
        }
        List<Recipient> added = new ArrayList<>();
        for (Future<List<Recipient>> handler : inParallel(handlers)) {
            added.addAll(handler.get());
        }
        assertThat(added).hasSize(2_500).doesNotHaveDuplicates().allMatch(one -> one.seq() == 1);
        assertThat(row(
                        "SELECT recipients, stored_at IS NOT NULL AS stored FROM notification WHERE event_id = ?",
                        request.eventId().id()))
                .containsValues(2_500, true);
        assertEveryNumberIsAnEntry();
    }

    @Test
    void repeatsTheNumbersOfAnEventThatComesAgain() {
        long user = newId();
        FanoutRequest request = request("again", Requests.toUsers("once", user));
        Stored first = write(request);
        write(request("other", Requests.toUsers("more", user)));
        row("SELECT * FROM inbox_delete(?, ?)", user, first.row().content().id());

        Stored again = write(request);
        assertThat(again.origin()).isEqualTo(Origin.KNOWN);
        assertThat(again.added()).isEmpty();
        assertThat(again.row().content()).isEqualTo(first.row().content());
        assertThat(new Inboxes(jdbc).page(again.row().content().id(), 0, again.before(), 10))
                .as("deleted, and still announced as it was added")
                .containsExactly(new Recipient(user, 1, 1));
    }

    @Test
    void keepsTheFirstOfTwoEventsWithOneName() {
        long user = newId();
        long stranger = newId();
        FanoutRequest first = request("name", Requests.toUsers("first", user));
        write(first);
        Stored second = write(request(first.eventId(), Requests.toUsers("second", stranger)));
        assertThat(second.origin()).isEqualTo(Origin.CONFLICT);
        assertThat(second.row().content().message()).isEqualTo("first");
        assertThat(second.complete()).isTrue();
        assertThat(inboxes(stranger)).isZero();
    }

    @Test
    void leavesAnUnfinishedEventToItsOwnRequestWhenAnotherHasItsName() {
        List<Long> users = newIds(1_500);
        FanoutRequest first = request("cut", Requests.toUsers("first", users));
        assertThat(write(first).complete()).isFalse();
        write(request(first.eventId(), Requests.toUsers("other", newId())));
        assertThat(storedAt(first)).isFalse();
        assertThat(write(first).complete()).isTrue();
        assertThat(storedAt(first)).isTrue();
    }

    @Test
    void goesOnAfterTheLastChunkWithTheMembersOfThatMoment() {
        List<Long> students = newIds(2_200);
        long course = courseOf(students);
        FanoutRequest request = request("resumed", Requests.toCourse("to all", course));
        Stored first = write(request);
        assertThat(first.added()).hasSize(FanoutWriter.CHUNK);
        assertThat(first.complete()).isFalse();

        long left = students.get(1_999);
        long leftAfterChunk = students.get(10);
        long joined = newId();
        long instructor = newId();
        run("DELETE FROM course_member WHERE course_id = ? AND user_id IN (?, ?)", course, left, leftAfterChunk);
        addMember(course, joined, "student");
        addMember(course, instructor, "instructor");

        List<Recipient> rest = writeUntilComplete(request);
        assertThat(rest)
                .hasSize(1_200)
                .extracting(Recipient::user)
                .contains(joined)
                .doesNotContain(left, instructor);
        assertThat(number(
                        "SELECT recipients FROM notification WHERE event_id = ?",
                        request.eventId().id()))
                .isEqualTo(2_200);
        assertThat(inboxes(left)).isZero();
        assertEveryNumberIsAnEntry();
    }

    @Test
    void storesARequestToACourseWithoutStudents() {
        long course = courseOf(List.of());
        FanoutRequest request = request("empty", Requests.toCourse("to none", course));
        Stored stored = write(request);
        assertThat(stored.complete()).isTrue();
        assertThat(stored.added()).isEmpty();
        assertThat(storedAt(request)).isTrue();
    }

    @Test
    void writesNothingForACourseThatIsNotInTheDirectory() {
        FanoutRequest request = request("unknown", Requests.toCourse("where?", newId()));
        assertThatThrownBy(() -> write(request)).isInstanceOf(PoisonException.class);
        assertThat(number(
                        "SELECT count(*) FROM notification WHERE event_id = ?",
                        request.eventId().id()))
                .isZero();
    }

    @Test
    void finishesARequestWhoseCourseIsGoneMeanwhile() {
        long course = courseOf(newIds(1_200));
        FanoutRequest request = request("gone", Requests.toCourse("last words", course));
        write(request);
        jdbc.sql("DELETE FROM course WHERE id = ?").param(course).update();
        assertThat(write(request).complete()).isTrue();
    }

    /** The name of the source is the event's, the title of the course the directory's. */
    @Test
    void saysWhereItComesFrom() {
        long course = courseOf(newIds(1));
        NotificationRequested plain = Requests.toCourse("hello", course);
        NotificationRequested named = new NotificationRequested(
                plain.audience(), null, plain.notificationType(), "", plain.message(), plain.data(), "Exams");
        FanoutRequest request = request("named", named);
        assertThat(write(request).row().content().sourceName()).isEqualTo("Exams");
        jdbc.sql("UPDATE course SET title = 'Analysis' WHERE id = ?")
                .param(course)
                .update();

        Stored again = write(request);
        assertThat(again.origin()).isEqualTo(Origin.KNOWN);
        assertThat(again.row().content().sourceName()).isEqualTo("Exams");
        assertThat(again.row().content().courseTitle()).isEqualTo("Analysis");
        assertThat(write(request(request.eventId(), plain)).origin())
                .as("without a name it is another event")
                .isEqualTo(Origin.CONFLICT);
    }

    /** To its sender, who is no student there; whether the directory knows the course yet does not matter. */
    @Test
    void aTestShowsTheCourseThatItIsFor() {
        long course = courseOf(newIds(1));
        long sender = newId();
        NotificationRequested plain = Requests.toUsers("try", sender);
        FanoutRequest request = request("test", testOf(plain, course));

        Stored stored = write(request);

        assertThat(stored.added()).extracting(Recipient::user).containsExactly(sender);
        assertThat(stored.row().content().course()).isEqualTo(course);
        assertThat(stored.row().content().courseTitle()).isNotNull();
        assertThat(stored.row().content().test()).isTrue();
        assertThat(write(request).row().content()).isEqualTo(stored.row().content());
        assertThat(write(request("plain", plain)).row().content().test()).isFalse();
        assertThat(write(request(request.eventId(), plain)).origin())
                .as("no test is another event")
                .isEqualTo(Origin.CONFLICT);
        assertThat(write(request("unknown", testOf(plain, newId())))
                        .row()
                        .content()
                        .courseTitle())
                .isNull();
    }

    private static NotificationRequested testOf(NotificationRequested plain, long course) {
        return new NotificationRequested(
                plain.audience(), 3L, plain.notificationType(), "", plain.message(), plain.data(), null, course);
    }

    @Test
    void keepsDataToTheLetter() {
        String odd = "{\"n\":1e308,\"d\":0.10,\"order\":{\"b\":1,\"a\":2},\"text\":\"\\\\ \\\" {} , NULL é 𝄞\"}";
        NotificationRequested data = new NotificationRequested(
                io.belfry.events.Audience.user(newId()),
                null,
                io.belfry.events.NotificationType.MESSAGE,
                "",
                "{\"quoted\\\", back\\\\slash\n,NULL}",
                io.belfry.events.NotificationData.parse(odd));
        FanoutRequest request = request("odd", data);
        Stored first = write(request);
        Stored again = write(request);
        assertThat(again.row().content()).isEqualTo(first.row().content());
        assertThat(again.origin()).isEqualTo(Origin.KNOWN);
        assertThat(text(
                        "SELECT data::text FROM notification WHERE id = ?",
                        first.row().content().id()))
                .isEqualTo(data.data().json());
    }

    /** Fan-outs of the same requests by several handlers, and single changes to the same inboxes beside them. */
    @Test
    void staysExactUnderFanoutsAndSingleChangesAtOnce() throws Exception {
        List<Long> users = newIds(300);
        long course = courseOf(users);
        jdbc.sql(
                        "CREATE TABLE changes_made AS SELECT user_id, 0::bigint AS count FROM course_member WHERE course_id = ?")
                .param(course)
                .update();
        AtomicInteger fanouts = new AtomicInteger();
        AtomicInteger changes = new AtomicInteger();
        long end = System.nanoTime() + 5_000_000_000L;
        List<Callable<List<Recipient>>> work = new ArrayList<>();
        List<FanoutRequest> shared = new ArrayList<>();
        for (int i = 0; i < 4_000; i++) {
            Long[] some = ThreadLocalRandom.current()
                    .ints(1 + i % 5, 0, users.size())
                    .mapToObj(users::get)
                    .distinct()
                    .toArray(Long[]::new);
            shared.add(request(
                    "stress", i % 7 == 0 ? Requests.toCourse("to all", course) : Requests.toUsers("to some", some)));
        }
        AtomicInteger next = new AtomicInteger();
        for (int handler = 0; handler < 4; handler++) {
            work.add(() -> {
                while (System.nanoTime() < end) {
                    // Handlers overlap: every request is met by several of them, in groups cut differently.
                    int at = next.addAndGet(ThreadLocalRandom.current().nextInt(1, 6)) % (shared.size() - 12);
                    List<FanoutRequest> group = new ArrayList<>(shared.subList(at, at + 12));
                    group.removeIf(request -> request.course() != null);
                    writer.write(group, false);
                    if (shared.get(at).course() != null) {
                        writeUntilComplete(shared.get(at));
                    }
                    fanouts.incrementAndGet();
                }
                return List.of();
            });
        }
        for (int changer = 0; changer < 3; changer++) {
            work.add(() -> {
                while (System.nanoTime() < end) {
                    changeSomething(users);
                    changes.incrementAndGet();
                }
                return List.of();
            });
        }
        for (Future<List<Recipient>> one : inParallel(work)) {
            one.get();
        }
        assertThat(fanouts).hasPositiveValue();
        assertThat(changes).hasPositiveValue();
        assertInboxesAreExact();
        assertThat(jdbc.sql("""
                                SELECT count(*) FROM inbox i WHERE i.user_id = ANY (?)
                                   AND i.seq <> (SELECT count(*) FROM inbox_entry e WHERE e.user_id = i.user_id)
                                              + (SELECT count FROM changes_made c WHERE c.user_id = i.user_id)
                                """)
                        .param(users.toArray(Long[]::new))
                        .query(Long.class)
                        .single())
                .as("seq counts the entries and the changes that changed something")
                .isZero();
    }

    private void changeSomething(List<Long> users) {
        long user = users.get(ThreadLocalRandom.current().nextInt(users.size()));
        transactions.executeWithoutResult(transaction -> {
            Long id = pooled.sql("SELECT notification_id FROM inbox_entry WHERE user_id = ? ORDER BY random() LIMIT 1")
                    .param(user)
                    .query(Long.class)
                    .optional()
                    .orElse(0L);
            String change = List.of(
                            "changed FROM inbox_set_read(?, ?, true)",
                            "changed FROM inbox_set_read(?, ?, false)",
                            "changed FROM inbox_delete(?, ?)",
                            "updated > 0 FROM inbox_mark_all_read(?, ?)")
                    .get(ThreadLocalRandom.current().nextInt(4));
            boolean changed = pooled.sql("SELECT " + change)
                    .params(user, id)
                    .query(Boolean.class)
                    .single();
            if (changed) {
                pooled.sql("UPDATE changes_made SET count = count + 1 WHERE user_id = ?")
                        .param(user)
                        .update();
            }
        });
    }

    private Stored write(FanoutRequest request) {
        return writer.write(List.of(request), false).get(0);
    }

    private List<Recipient> writeUntilComplete(FanoutRequest request) {
        List<Recipient> added = new ArrayList<>();
        Stored stored;
        do {
            stored = write(request);
            added.addAll(stored.added());
        } while (!stored.complete());
        return added;
    }

    private static <T> List<Future<T>> inParallel(List<Callable<T>> work) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(work.size());
        try {
            return threads.invokeAll(work);
        } finally {
            threads.shutdownNow();
        }
    }

    private static Recipient recipient(Stored stored, long user) {
        return stored.added().stream()
                .filter(one -> one.user() == user)
                .findFirst()
                .orElseThrow();
    }

    private static FanoutRequest request(String name, NotificationRequested data) {
        return request(new EventId("/tests", name + "-" + newId()), data);
    }

    private static FanoutRequest request(EventId id, NotificationRequested data) {
        return FanoutRequest.of(Event.of(id, EventType.NOTIFICATION_REQUESTED, Instant.now(), data));
    }

    private void addMember(long course, long user, String role) {
        run("INSERT INTO course_member VALUES (?, ?, ?)", course, user, role);
    }

    private long inboxes(long user) {
        return number("SELECT count(*) FROM inbox WHERE user_id = ?", user);
    }

    private boolean storedAt(FanoutRequest request) {
        return jdbc.sql("SELECT stored_at IS NOT NULL FROM notification WHERE event_id = ?")
                .param(request.eventId().id())
                .query(Boolean.class)
                .single();
    }
}
