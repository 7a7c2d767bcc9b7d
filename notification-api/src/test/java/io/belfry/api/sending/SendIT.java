package io.belfry.api.sending;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.api.support.Api;
import io.belfry.api.support.Api.Answer;
import io.belfry.api.support.TestDatabase;
import io.belfry.api.support.TestDatabase.Content;
import io.belfry.api.support.TestSystem;
import io.belfry.api.support.Tokens;
import io.belfry.api.support.TopicReader;
import io.belfry.events.Audience;
import io.belfry.events.NotificationRequested;
import io.belfry.events.NotificationType;
import io.belfry.events.wire.Event;
import io.belfry.events.wire.EventType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class SendIT {

    private final TestSystem system = TestSystem.shared();
    private final TestDatabase database = system.database();
    private final long course = TestSystem.newId();
    private final long instructor = TestSystem.newId();
    private final long student = TestSystem.newId();
    private final String path = "/api/courses/" + course + "/notify-students/";

    @BeforeEach
    void enrol() {
        database.course(course, "Algebra");
        database.member(course, instructor, "instructor");
        database.member(course, student, "student");
        database.member(course, TestSystem.newId(), "student");
    }

    private List<Event<NotificationRequested>> published(String requestId) {
        return TopicReader.all(system.topics().requested(), EventType.NOTIFICATION_REQUESTED, event -> true).stream()
                .filter(event -> event.eventId().id().equals(requestId))
                .toList();
    }

    @Test
    void acceptedSendIsAnEventInKafka() {
        Answer answer = system.asUser(instructor)
                .post(
                        path,
                        "{\"title\":\"Room\",\"message\":\"B12\",\"data\":{\"url\":\"/rooms/12\"}}",
                        "traceparent",
                        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

        assertThat(answer.status()).isEqualTo(202);
        JsonNode body = answer.json();
        assertThat(body.propertyNames()).containsExactlyInAnyOrder("request_id", "course", "recipients", "status_url");
        assertThat(body.path("recipients").intValue()).isEqualTo(2);
        assertThat(body.path("course").longValue()).isEqualTo(course);
        String id = body.path("request_id").stringValue();
        assertThat(answer.header("Location"))
                .isEqualTo(body.path("status_url").stringValue())
                .isEqualTo(system.node().url() + "/api/notification-requests/" + id + "/");
        Event<NotificationRequested> event = published(id).get(0);
        assertThat(event.eventId().source()).isEqualTo("belfry/api");
        assertThat(event.traceparent()).isEqualTo("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        assertThat(event.time()).isNotNull();
        assertThat(event.data().audience()).isEqualTo(Audience.course(course));
        assertThat(event.data().senderId()).isEqualTo(instructor);
        assertThat(event.data().notificationType()).isEqualTo(NotificationType.COURSE_UPDATE);
        assertThat(event.data().title()).isEqualTo("Room");
        assertThat(event.data().data().json()).isEqualTo("{\"url\":\"/rooms/12\"}");
    }

    @Test
    void eventIsKeyedByItsCourse() {
        String id = system.asUser(instructor)
                .post(path, "{\"message\":\"m\"}")
                .at("request_id")
                .stringValue();

        ConsumerRecord<byte[], byte[]> record = TopicReader.records(
                        system.topics().requested())
                .stream()
                .filter(r ->
                        id.equals(new String(r.headers().lastHeader("ce_id").value(), StandardCharsets.UTF_8)))
                .findFirst()
                .orElseThrow();
        assertThat(new String(record.key(), StandardCharsets.UTF_8)).isEqualTo("course:" + course);
    }

    @Test
    void onlyInstructorsOfTheCourseAndAdminsMaySend() {
        String body = "{\"message\":\"m\"}";
        long elsewhere = TestSystem.newId();
        database.course(elsewhere, "Botany");
        database.member(elsewhere, instructor, "instructor");
        long other = TestSystem.newId();
        database.member(elsewhere, other, "instructor");

        assertThat(system.asUser(student).post(path, body).problem()).isEqualTo("forbidden");
        assertThat(system.asUser(other).post(path, body).problem()).isEqualTo("forbidden");
        assertThat(system.asUser(TestSystem.newId()).post(path, body).problem()).isEqualTo("forbidden");
        assertThat(system.as(Tokens.service("exams")).post(path, body).problem())
                .isEqualTo("forbidden");
        String unknown = "/api/courses/" + TestSystem.newId() + "/notify-students/";
        assertThat(system.asUser(instructor).post(unknown, body).problem()).isEqualTo("not_found");
        assertThat(system.as(Tokens.admin(TestSystem.newId()))
                        .post(unknown, body)
                        .problem())
                .isEqualTo("not_found");
        assertThat(system.as(Tokens.admin(TestSystem.newId())).post(path, body).status())
                .isEqualTo(202);
    }

    @Test
    void servicesAndAdminsSendToAnybody() {
        String body = "{\"audience\":{\"users\":[7,7,9]},\"notification_type\":\"exam_result\",\"message\":\"m\"}";

        assertThat(system.asUser(instructor).post("/api/notifications/", body).problem())
                .isEqualTo("forbidden");
        Answer answer = system.as(Tokens.service("exams")).post("/api/notifications/", body);

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.json().propertyNames()).containsExactlyInAnyOrder("request_id", "status_url");
        NotificationRequested event =
                published(answer.at("request_id").stringValue()).get(0).data();
        assertThat(event.senderId()).isNull();
        assertThat(event.audience()).isEqualTo(Audience.users(List.of(7L, 9L)));
        assertThat(system.as(Tokens.admin(TestSystem.newId()))
                        .post("/api/notifications/", body)
                        .status())
                .isEqualTo(202);
    }

    @Test
    void statusIsForItsSenderAlone() {
        Api sender = system.asUser(instructor);
        JsonNode sent = sender.post(path, "{\"message\":\"m\"}").json();
        String statusUrl = sent.path("status_url").stringValue();

        JsonNode status = sender.get(statusUrl).json();

        assertThat(status.propertyNames())
                .containsExactlyInAnyOrder(
                        "request_id",
                        "course",
                        "status",
                        "recipients",
                        "read",
                        "error",
                        "created_at",
                        "stored_at",
                        "notification_type",
                        "title");
        assertThat(status.path("status").stringValue()).isEqualTo("accepted");
        assertThat(status.path("notification_type").isNull()).isTrue();
        assertThat(status.path("title").isNull()).isTrue();
        assertThat(status.path("recipients").intValue()).isEqualTo(2);
        assertThat(status.path("error").isNull()).isTrue();
        assertThat(system.asUser(student).get(statusUrl).text())
                .isEqualTo(sender.get("/api/notification-requests/unknown/").text());
    }

    @Test
    void statusFollowsThePersister() {
        Api sender = system.asUser(instructor);
        JsonNode sent = sender.post(path, "{\"message\":\"m\"}").json();
        String id = sent.path("request_id").stringValue();
        long notification = database.deliver(student);
        database.addEntry(TestSystem.newId(), notification, "message");
        store(id, notification);
        system.asUser(student).patch("/api/notifications/" + notification + "/mark_read/");

        JsonNode status = sender.get("/api/notification-requests/" + id).json();

        assertThat(status.path("status").stringValue()).isEqualTo("stored");
        assertThat(status.path("read").intValue()).isEqualTo(1);
        assertThat(status.path("stored_at").stringValue()).endsWith("Z");
        assertThat(status.path("notification_type").stringValue()).isEqualTo("message");
        assertThat(status.path("title").stringValue()).isEqualTo("Title");
    }

    /** As the persister leaves the request once its last recipient has the notification. */
    private void store(String request, long notification) {
        database.sql().sql("""
                        UPDATE notification_request SET status = 'stored', recipients = 2, notification_id = ?,
                               stored_at = clock_timestamp() WHERE id = ?
                        """).params(notification, request).update();
    }

    @Test
    void listNamesWhatIsStored() {
        Api sender = system.asUser(instructor);
        String titled =
                sender.post(path, "{\"message\":\"m\"}").at("request_id").stringValue();
        String untitled =
                sender.post(path, "{\"message\":\"m\"}").at("request_id").stringValue();
        sender.post(path, "{\"message\":\"m\"}");
        store(titled, database.deliver(student, new Content(null, "course_update", "Room", "m", "{}", course)));
        store(untitled, database.deliver(student, new Content(null, "announcement", "", "m", "{}", course)));

        JsonNode results = sender.get("/api/notification-requests/?course=" + course)
                .json()
                .path("results");

        assertThat(results.at("/0/notification_type").isNull()).isTrue();
        assertThat(results.at("/0/title").isNull()).isTrue();
        assertThat(results.at("/1/notification_type").stringValue()).isEqualTo("announcement");
        assertThat(results.at("/1/title").stringValue()).isEmpty();
        assertThat(results.at("/2/notification_type").stringValue()).isEqualTo("course_update");
        assertThat(results.at("/2/title").stringValue()).isEqualTo("Room");
    }

    @Test
    void rejectionIsToldWithItsReason() {
        Api sender = system.asUser(instructor);
        String id = sender.post(path, "{\"message\":\"m\"}").at("request_id").stringValue();
        database.sql()
                .sql(
                        "UPDATE notification_request SET status = 'rejected', error_code = 'c', error_detail = 'd' WHERE id = ?")
                .param(id)
                .update();

        JsonNode status = sender.get("/api/notification-requests/" + id + "/").json();

        assertThat(status.path("status").stringValue()).isEqualTo("rejected");
        assertThat(status.path("error").path("code").stringValue()).isEqualTo("c");
        assertThat(status.path("error").path("detail").stringValue()).isEqualTo("d");
    }

    @Test
    void listsOnesSendsNewestFirstAndByCourse() {
        long second = TestSystem.newId();
        database.course(second, "Botany");
        database.member(second, instructor, "instructor");
        Api sender = system.asUser(instructor);
        String first = sender.post(path, "{\"message\":\"1\"}").at("request_id").stringValue();
        String newer = sender.post("/api/courses/" + second + "/notify-students/", "{\"message\":\"2\"}")
                .at("request_id")
                .stringValue();

        Answer all = sender.get("/api/notification-requests/?page_size=1");

        assertThat(all.at("count").intValue()).isEqualTo(2);
        assertThat(all.at("results/0/request_id").stringValue()).isEqualTo(newer);
        assertThat(sender.get(all.at("next").stringValue())
                        .at("results/0/request_id")
                        .stringValue())
                .isEqualTo(first);
        Answer ofCourse = sender.get("/api/notification-requests/?course=" + course);
        assertThat(ofCourse.at("count").intValue()).isEqualTo(1);
        assertThat(ofCourse.at("results/0/request_id").stringValue()).isEqualTo(first);
        assertThat(sender.get("/api/notification-requests/?course=abc").problem())
                .isEqualTo("invalid_fields");
        assertThat(system.asUser(student)
                        .get("/api/notification-requests/")
                        .at("count")
                        .intValue())
                .isZero();
    }
}
