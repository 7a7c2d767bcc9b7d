package io.belfry.persister;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.events.EventId;
import io.belfry.events.names.Topics;
import io.belfry.events.platform.PlatformCourse;
import io.belfry.events.wire.EventType;
import io.belfry.kit.system.Platform;
import io.belfry.persister.support.PersisterTest;
import io.belfry.persister.support.Requests;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The directory follows the platform, and courses wait for it. */
class DirectoryIT extends PersisterTest {

    private final Topics topics = installation.topics();

    @BeforeAll
    void startOne() {
        start();
    }

    @Test
    void takesMembersBeforeTheirUserAndCourse() {
        tell(Platform.member(11, 12, "instructor"));
        tell(Platform.course(11, "Late"));
        tell(Platform.user(12, "Later"));
        eventually().untilAsserted(() -> {
            assertThat(text("SELECT role FROM course_member WHERE course_id = 11 AND user_id = 12"))
                    .isEqualTo("instructor");
            assertThat(text("SELECT title FROM course WHERE id = 11")).isEqualTo("Late");
            assertThat(text("SELECT name FROM platform_user WHERE id = 12")).isEqualTo("Later");
        });
    }

    @Test
    void keepsTheLastWordOnEachKey() {
        for (int i = 0; i < 50; i++) {
            tell(Platform.user(21, "Name " + i));
            tell(Platform.member(21, 21, i % 2 == 0 ? "student" : "instructor"));
        }
        tell(Platform.tombstone("platform.course-members", "21:21"));
        tell(Platform.member(21, 22, "student"));
        eventually().untilAsserted(() -> {
            assertThat(text("SELECT name FROM platform_user WHERE id = 21")).isEqualTo("Name 49");
            assertThat(number("SELECT count(*) FROM course_member WHERE course_id = 21"))
                    .isEqualTo(1);
            assertThat(sizes(21, 21)).containsExactly("21:1");
        });
    }

    @Test
    void knowsHowManyStudentsACourseHasWhateverChangesThem() {
        run("INSERT INTO course_member SELECT 70 + u % 3, 2000 + u, 'student' FROM generate_series(1, 300) u");
        run("UPDATE course_member SET role = 'instructor' WHERE user_id IN (2001, 2002, 2004)");
        run("UPDATE course_member SET role = 'student' WHERE user_id IN (2004, 2005)");
        run("UPDATE course_member SET course_id = 73 WHERE user_id = 2006");
        run("DELETE FROM course_member WHERE user_id IN (2001, 2003, 2008)");

        assertThat(sizes(70, 73)).containsExactly("70:98", "71:99", "72:98", "73:1");
    }

    private List<String> sizes(long first, long last) {
        return jdbc.sql(
                        "SELECT course_id || ':' || students FROM course_size WHERE course_id BETWEEN ? AND ? ORDER BY 1")
                .params(first, last)
                .query(String.class)
                .list();
    }

    @Test
    void deletesByTombstones() {
        List<String> rows = List.of("platform_user WHERE id", "course WHERE id", "course_member WHERE course_id");
        tell(Platform.user(31, "Gone"));
        tell(Platform.course(31, "Gone"));
        tell(Platform.member(31, 31, "student"));
        eventually().until(() -> rows.stream().allMatch(row -> number("SELECT count(*) FROM " + row + " = 31") == 1));
        tell(Platform.tombstone("platform.users", "31"));
        tell(Platform.tombstone("platform.courses", "31"));
        tell(Platform.tombstone("platform.course-members", "31:31"));
        eventually().until(() -> rows.stream().allMatch(row -> number("SELECT count(*) FROM " + row + " = 31") == 0));
    }

    @Test
    void makesCoursesWaitUntilItHasCaughtUp() throws Exception {
        tellStudents(51, List.of(51L));
        tell(Platform.course(51, "Known"));
        eventually().until(() -> number("SELECT count(*) FROM course WHERE id = 51") == 1);
        awaitReady();
        // As if the directory were slow: no process may move its position.
        try (Connection slow = installation.transaction("SELECT * FROM directory_position FOR UPDATE")) {
            tellStudents(51, List.of(52L));
            installation.publish(new EventId("/waiting", "1"), Requests.toCourse("to both", 51));
            eventually().until(() -> status("/actuator/health/readiness") == 503);
            assertThat(number("SELECT count(*) FROM notification WHERE event_source = '/waiting'"))
                    .isZero();
            slow.rollback();
        }
        eventually()
                .untilAsserted(() -> assertThat(jdbc.sql(
                                        "SELECT user_id FROM inbox_entry e JOIN notification n ON n.id = e.notification_id WHERE n.event_source = '/waiting' ORDER BY 1")
                                .query(Long.class)
                                .list())
                        .containsExactly(51L, 52L));
        awaitReady();
    }

    @Test
    void catchesUpWithAPlatformThatUsesTransactionsWhileAnotherTopicIsBusy() throws Exception {
        ScheduledExecutorService busy = Executors.newSingleThreadScheduledExecutor();
        AtomicLong names = new AtomicLong();
        try (KafkaProducer<byte[], byte[]> transactional =
                installation.producer(Map.of("transactional.id", topics.prefix() + "platform"))) {
            busy.scheduleAtFixedRate(
                    () -> tell(Platform.user(60, "Name " + names.incrementAndGet())), 0, 50, TimeUnit.MILLISECONDS);
            transactional.initTransactions();
            transactional.beginTransaction();
            var taken = transactional.send(course(61));
            transactional.commitTransaction();
            transactional.beginTransaction();
            var takenBack = transactional.send(course(62));
            transactional.abortTransaction();
            assertThat(taken).isDone();
            assertThat(takenBack).isDone();
            // The topic ends in marks that are no records; a course must not wait for them, whatever else comes.
            installation.publish(new EventId("/tx", "3"), Requests.toCourse("hello", 61));
            eventually()
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> number("SELECT count(*) FROM notification WHERE event_source = '/tx'") == 1);
        } finally {
            busy.shutdownNow();
        }
        assertThat(number("SELECT count(*) FROM course WHERE id = 62")).isZero();
        TopicPartition partition = new TopicPartition(topics.courses(), 0);
        eventually()
                .untilAsserted(() -> assertThat(
                                installation.committed(PersisterConfiguration.GROUP + "-directory", topics.courses()))
                        .as("no lag")
                        .containsEntry(
                                0,
                                installation
                                        .admin()
                                        .listOffsets(Map.of(partition, OffsetSpec.latest()))
                                        .partitionResult(partition)
                                        .get()
                                        .offset()));
    }

    private ProducerRecord<byte[], byte[]> course(long id) {
        return installation.record(
                topics.courses(),
                Long.toString(id),
                new EventId("/tx", Long.toString(id)),
                EventType.PLATFORM_COURSE,
                new PlatformCourse(id, "Course " + id));
    }
}
