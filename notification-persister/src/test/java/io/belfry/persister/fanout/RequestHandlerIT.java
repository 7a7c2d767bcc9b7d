package io.belfry.persister.fanout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.belfry.events.EventId;
import io.belfry.events.LinkHosts;
import io.belfry.events.wire.Event;
import io.belfry.events.wire.EventCodec;
import io.belfry.events.wire.EventType;
import io.belfry.events.wire.PoisonException;
import io.belfry.kit.database.Database.Entry;
import io.belfry.persister.announce.Announcements;
import io.belfry.persister.metrics.PersisterMetrics;
import io.belfry.persister.pipeline.Handler.Decoded;
import io.belfry.persister.pipeline.Handler.Progress;
import io.belfry.persister.pipeline.Slice;
import io.belfry.persister.support.DatabaseTest;
import io.belfry.persister.support.FakeBroker;
import io.belfry.persister.support.Requests;
import io.belfry.runtime.tracing.Tracing;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Large courses, chunk by chunk, with a broker that fails at will and a real database. */
class RequestHandlerIT extends DatabaseTest {

    private final EventCodec codec = new EventCodec();
    private boolean brokerIsGone;
    private boolean directoryIsCaughtUp = true;

    /** The directory catches up while it is waited for. */
    private @Nullable Runnable catchesUp;

    private final FakeBroker producer = new FakeBroker(
            installation.topics().stored(),
            2,
            event -> brokerIsGone ? new TimeoutException("the broker is gone") : null);

    @Test
    void announcesAWholeCourseThatWasCutOffBetweenChunks() {
        List<Long> students = newIds(3_500);
        Decoded<FanoutRequest> request = toCourse(courseOf(students));
        // Dies when two chunks are stored and one is announced; that one's announcement is forgotten.
        RequestHandler beforeTheCrash = handler();
        assertThat(store(beforeTheCrash, request)).isEqualTo(Progress.BEGUN);
        brokerIsGone = true;
        assertThatThrownBy(() -> store(beforeTheCrash, request)).isInstanceOf(KafkaException.class);
        producer.clear();
        assertThat(entries(students)).isEqualTo(2_000);
        // A student who has it deletes it meanwhile, and leaves.
        row("SELECT * FROM inbox_delete(?, ?)", students.get(5), notification(students.get(5)));
        run("DELETE FROM course_member WHERE user_id IN (?, ?)", students.get(5), students.get(3_000));

        brokerIsGone = false;
        storeAll(handler(), request);
        List<Long> expected = new ArrayList<>(students);
        expected.remove(students.get(3_000));
        assertThat(announced(students)).extracting(Entry::user).containsExactlyElementsOf(expected);
        assertThat(announced(students)).allMatch(one -> one.seq() == 1 && one.unread() == 1);
    }

    @Test
    void storesAChunkAtATimeAndAnnouncesItOnceOnWhicheverThreads() {
        List<Long> students = newIds(2_500);
        Decoded<FanoutRequest> request = toCourse(courseOf(students));
        AnnouncedSoFar ofTheProcess = new AnnouncedSoFar();
        assertThat(store(handler(ofTheProcess), request)).isEqualTo(Progress.BEGUN);
        assertThat(announced(students)).hasSize(1_000);
        assertThat(store(handler(ofTheProcess), request)).isEqualTo(Progress.BEGUN);
        assertThat(store(handler(ofTheProcess), request)).isEqualTo(Progress.DONE);
        assertThat(announced(students))
                .extracting(Entry::user)
                .as("each once: what is announced of a chunk, the next does not")
                .containsExactlyElementsOf(students);
    }

    @Test
    void letsACourseWaitForTheDirectory() {
        List<Long> students = newIds(3);
        Decoded<FanoutRequest> request = toCourse(courseOf(students));
        directoryIsCaughtUp = false;
        assertThat(store(handler(), request)).isEqualTo(Progress.WAITS);
        assertThat(entries(students)).isZero();
        directoryIsCaughtUp = true;
        assertThat(store(handler(), request)).isEqualTo(Progress.DONE);
    }

    @Test
    void takesBackWhatItWroteBeforeTheDirectoryHadCaughtUp() {
        List<Long> students = newIds(3);
        long course = courseOf(students.subList(0, 2));
        directoryIsCaughtUp = false;
        catchesUp = () -> run("INSERT INTO course_member VALUES (?, ?, 'student')", course, students.get(2));
        assertThat(store(handler(), toCourse(course))).isEqualTo(Progress.DONE);
        assertThat(announced(students)).extracting(Entry::user).containsExactlyElementsOf(students);
        assertThat(announced(students)).allMatch(one -> one.seq() == 1 && one.unread() == 1);
    }

    @Test
    void refusesACourseOnlyWhenTheDirectoryHasCaughtUp() {
        long student = newId();
        long course = newId();
        assertThatThrownBy(() -> store(handler(), toCourse(course))).isInstanceOf(PoisonException.class);
        directoryIsCaughtUp = false;
        catchesUp = () -> {
            run("INSERT INTO course VALUES (?, 'Late')", course);
            run("INSERT INTO course_member VALUES (?, ?, 'student')", course, student);
        };
        assertThat(store(handler(), toCourse(course))).isEqualTo(Progress.DONE);
        assertThat(announced(List.of(student))).hasSize(1);
    }

    private void storeAll(RequestHandler handler, Decoded<FanoutRequest> request) {
        Progress progress = Progress.BEGUN;
        while (progress == Progress.BEGUN) {
            progress = store(handler, request);
        }
        assertThat(progress).isEqualTo(Progress.DONE);
    }

    private Progress store(RequestHandler handler, Decoded<FanoutRequest> request) {
        return handler.store(List.of(request), new Slice(List.of(), () -> false, System::nanoTime));
    }

    private RequestHandler handler() {
        return handler(new AnnouncedSoFar());
    }

    private RequestHandler handler(AnnouncedSoFar announcedSoFar) {
        return new RequestHandler(
                codec,
                LinkHosts.NONE,
                transactions,
                pooled,
                new Announcements(() -> producer, codec, installation.topics(), Clock.systemUTC()),
                announcedSoFar,
                new DirectoryInTheTest(),
                new PersisterMetrics(new SimpleMeterRegistry(), Clock.systemUTC(), installation.topics()),
                Tracing.off());
    }

    private final class DirectoryInTheTest implements RequestHandler.Directory {

        @Override
        public BooleanSupplier look() {
            return () -> directoryIsCaughtUp;
        }

        @Override
        public boolean awaitCaughtUp() {
            if (catchesUp != null) {
                catchesUp.run();
                directoryIsCaughtUp = true;
            }
            return directoryIsCaughtUp;
        }
    }

    private static Decoded<FanoutRequest> toCourse(long course) {
        EventId id = new EventId("/tests", "r" + newId());
        return new Decoded<>(
                new ConsumerRecord<>("requests", 0, 0, null, new byte[0]),
                FanoutRequest.of(
                        Event.of(id, EventType.NOTIFICATION_REQUESTED, null, Requests.toCourse("to all", course))));
    }

    private List<Entry> announced(List<Long> users) {
        return producer.delivered().stream()
                .filter(one -> users.contains(one.user()))
                .toList();
    }

    private long notification(long user) {
        return number("SELECT notification_id FROM inbox_entry WHERE user_id = ?", user);
    }
}
