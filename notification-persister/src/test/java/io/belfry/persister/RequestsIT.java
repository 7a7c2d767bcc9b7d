package io.belfry.persister;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.belfry.events.EventId;
import io.belfry.events.NotificationStored;
import io.belfry.events.names.UserPartition;
import io.belfry.kit.contract.Json;
import io.belfry.kit.database.Database.Entry;
import io.belfry.kit.kafka.Events;
import io.belfry.kit.system.Platform;
import io.belfry.persister.support.Installation;
import io.belfry.persister.support.PersisterTest;
import io.belfry.persister.support.Requests;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What comes of a request, seen from outside: rows and events. */
class RequestsIT extends PersisterTest {

    @BeforeAll
    void startOne() {
        start();
    }

    @Test
    void tellsEverythingThatTheContractNames() {
        tell(Platform.user(3, "Ines Costa"));
        eventually().until(() -> number("SELECT count(*) FROM platform_user WHERE id = 3") == 1);
        String trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        installation.send(
                installation.topics().requested(),
                null,
                bytes("""
                        {"audience": {"users": [201]}, "sender_id": 3, "notification_type": "exam_result",
                         "title": "Midterm graded", "message": "You scored 87.", "data": {"exam_id": 12}, "source_name": "Exams", "new": 1}"""),
                Map.of(
                        "ce_specversion", "1.0",
                        "ce_id", "told",
                        "ce_source", "/exams",
                        "ce_type", "belfry.notification.requested.v1",
                        "ce_time", "2026-01-02T03:04:05.678Z",
                        "content-type", "application/json",
                        "traceparent", trace));
        ConsumerRecord<byte[], byte[]> event = eventually().until(() -> eventTo(201), found -> found != null);

        assertThat(Events.header(event, "ce_type")).isEqualTo("belfry.notification.stored.v1");
        assertThat(Events.header(event, "ce_specversion")).isEqualTo("1.0");
        assertThat(Events.header(event, "ce_time")).startsWith("2026-01-02T03:04:05.678");
        assertThat(Events.header(event, "traceparent")).isEqualTo(trace);
        assertThat(event.partition()).isEqualTo(UserPartition.of(201, 3));
        JsonNode json = Json.parse(event.value());
        assertThat(json.propertyNames()).containsExactlyInAnyOrder("epoch", "notification", "recipients");
        assertThat(json.path("epoch").stringValue()).matches("[A-Za-z0-9_-]{1,64}");
        JsonNode notification = json.path("notification");
        assertThat(notification.propertyNames())
                .containsExactlyInAnyOrder(
                        "id",
                        "sender",
                        "sender_name",
                        "source_name",
                        "notification_type",
                        "title",
                        "message",
                        "data",
                        "course",
                        "course_title",
                        "test",
                        "created_at");
        assertThat(notification.path("sender_name").stringValue()).isEqualTo("Ines Costa");
        assertThat(notification.path("source_name").stringValue()).isEqualTo("Exams");
        assertThat(notification.path("data").path("exam_id").intValue()).isEqualTo(12);
        assertThat(notification.path("course").isNull()).isTrue();
        assertThat(notification.path("course_title").isNull()).isTrue();
        assertThat(notification.path("test").booleanValue()).isFalse();
        assertThat(notification.path("created_at").stringValue())
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "snappy", "lz4", "zstd"})
    void readsEveryCompression(String codec) {
        long user = newId();
        try (KafkaProducer<byte[], byte[]> publisher = installation.producer(Map.of("compression.type", codec))) {
            Installation.acknowledged(publisher.send(installation.request(
                    null, new EventId("/compressed", codec), Requests.toUsers("a".repeat(2_000), user))));
        }
        eventually().until(() -> deliveredTo(user).size() == 1);
    }

    @Test
    void announcesAnEventAgainWithTheSameNumbers() {
        EventId id = new EventId("/exams", "twice");
        installation.publish(id, Requests.toUsers("twice", 401L));
        eventually().until(() -> deliveredTo(401).size() == 1);
        installation.publish(new EventId("/exams", "between"), Requests.toUsers("between", 401L));
        eventually().until(() -> deliveredTo(401).size() == 2);
        installation.publish(id, Requests.toUsers("twice", 401L));
        eventually()
                .untilAsserted(() -> assertThat(deliveredTo(401))
                        .extracting(Entry::seq, Entry::unread)
                        .containsExactly(tuple(1L, 1L), tuple(1L, 1L), tuple(2L, 2L)));
        assertThat(seq(401)).isEqualTo(2);
        assertEveryNumberIsAnEntry();
    }

    @Test
    void reachesEveryStudentOfALargeCourseOnceInBatchesOfOnePartition() {
        List<Long> students = LongStream.rangeClosed(10_001, 14_000).boxed().toList();
        tellStudents(42, students);
        tell(Platform.course(42, "Algebra"));
        installation.publish(new EventId("/large", "1"), Requests.toCourse("to all", 42));
        eventually().untilAsserted(() -> assertThat(deliveredTo(10_001, 14_000)).hasSize(4_000));
        assertThat(deliveredTo(10_001, 14_000)).extracting(Entry::user).containsExactlyElementsOf(students);
        assertThat(stored())
                .allSatisfy(event -> assertThat(Json.parse(event.value()).path("recipients"))
                        .hasSizeBetween(1, NotificationStored.MAX_RECIPIENTS)
                        .allSatisfy(one -> assertThat(
                                        UserPartition.of(one.path("user").longValue(), 3))
                                .isEqualTo(event.partition())));
        assertThat(number("SELECT recipients FROM notification WHERE event_source = '/large'"))
                .isEqualTo(4_000);
    }

    @Test
    void countsWithThePlatformsWordBeforeTheRequest() {
        // Members, the course and the request right behind each other, again and again: none may be missed.
        for (long course = 601; course < 621; course++) {
            tellStudents(course, List.of(course));
            tell(Platform.course(course, "A course"));
            installation.publish(new EventId("/causal", Long.toString(course)), Requests.toCourse("hello", course));
        }
        eventually().untilAsserted(() -> assertThat(deliveredTo(601, 620)).hasSize(20));
    }

    @Test
    void readsAPartitionThatIsAddedWithinHalfAMinute() throws Exception {
        String requested = installation.topics().requested();
        installation
                .admin()
                .createPartitions(Map.of(requested, NewPartitions.increaseTo(4)))
                .all()
                .get();
        // A producer that has sent before would learn of the partition within minutes.
        try (KafkaProducer<byte[], byte[]> publisher = installation.producer(Map.of())) {
            Installation.acknowledged(publisher.send(
                    installation.request(3, new EventId("/added", "1"), Requests.toUsers("hello", 701L))));
        }
        eventually().atMost(Duration.ofSeconds(30)).until(() -> deliveredTo(701).size() == 1);
    }

    private List<ConsumerRecord<byte[], byte[]>> stored() {
        return installation.read(installation.topics().stored());
    }

    private List<Entry> deliveredTo(long user) {
        return deliveredTo(user, user);
    }

    private List<Entry> deliveredTo(long from, long to) {
        return Events.announced(stored()).stream()
                .filter(one -> one.user() >= from && one.user() <= to)
                .toList();
    }

    private ConsumerRecord<byte[], byte[]> eventTo(long user) {
        return stored().stream()
                .filter(event -> Events.announced(List.of(event)).stream().anyMatch(one -> one.user() == user))
                .findFirst()
                .orElse(null);
    }

    private long seq(long user) {
        return number("SELECT seq FROM inbox WHERE user_id = ?", user);
    }

    private static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }
}
