package io.belfry.api.sending;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.api.support.Api;
import io.belfry.api.support.Api.Answer;
import io.belfry.api.support.TestDatabase;
import io.belfry.api.support.TestDatabase.Content;
import io.belfry.api.support.TestSystem;
import io.belfry.events.Audience;
import io.belfry.events.NotificationData;
import io.belfry.events.NotificationRequested;
import io.belfry.events.NotificationType;
import io.belfry.events.wire.Event;
import io.belfry.events.wire.EventCodec;
import io.belfry.events.wire.EventType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SendIT {

    private static final String BODY = "{\"message\":\"m\"}";
    private static final String REQUESTS = "/api/notification-requests/";

    private final TestSystem system = TestSystem.shared();
    private final TestDatabase database = system.database();
    private final long course = TestSystem.newId();
    private final long instructor = TestSystem.newId();
    private final long student = TestSystem.newId();
    private final Api sender = system.asUser(instructor);
    private final String path = "/api/courses/" + course + "/notify-students/";

    @BeforeEach
    void enrol() {
        database.course(course, instructor, student, TestSystem.newId());
    }

    private ConsumerRecord<byte[], byte[]> published(String requestId) {
        return system.records(system.topics().requested()).stream()
                .filter(record -> requestId.equals(
                        new String(record.headers().lastHeader("ce_id").value(), StandardCharsets.UTF_8)))
                .findFirst()
                .orElseThrow();
    }

    private String send() {
        return sender.post(path, BODY).string("request_id");
    }

    @Test
    void acceptedSendIsAnEventInKafka() {
        String traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

        Answer answer = sender.post(
                        path,
                        "{\"title\":\"Room\",\"message\":\"B12\",\"data\":{\"url\":\"/rooms/12\"}}",
                        "traceparent",
                        traceparent)
                .is(202);

        String id = answer.hasFields("request_id", "course", "recipients", "status_url")
                .has("recipients", 2, "course", course)
                .has("status_url", system.node().url() + REQUESTS + answer.string("request_id") + "/")
                .string("request_id");
        assertThat(answer.header("Location")).isEqualTo(answer.string("status_url"));
        ConsumerRecord<byte[], byte[]> record = published(id);
        assertThat(new String(record.key(), StandardCharsets.UTF_8)).isEqualTo("course:" + course);
        Event<NotificationRequested> event = new EventCodec().decode(record, EventType.NOTIFICATION_REQUESTED);
        assertThat(event.eventId().source()).isEqualTo("belfry/api");
        assertThat(event.traceparent()).isEqualTo(traceparent);
        assertThat(event.time()).isNotNull();
        assertThat(event.data())
                .isEqualTo(new NotificationRequested(
                        Audience.course(course),
                        instructor,
                        NotificationType.COURSE_UPDATE,
                        "Room",
                        "B12",
                        NotificationData.parse("{\"url\":\"/rooms/12\"}")));
    }

    @Test
    void onlyInstructorsOfTheCourseAndAdminsMaySend() {
        long elsewhere = TestSystem.newId();
        long other = TestSystem.newId();
        database.course(elsewhere, other);

        for (long user : new long[] {student, other, TestSystem.newId()}) {
            system.asUser(user).post(path, BODY).is("forbidden");
        }
        system.service("exams").post(path, BODY).is("forbidden");
        String unknown = "/api/courses/" + TestSystem.newId() + "/notify-students/";
        sender.post(unknown, BODY).is("not_found");
        system.admin().post(unknown, BODY).is("not_found");
        system.admin().post(path, BODY).is(202);
    }

    @Test
    void servicesAndAdminsSendToAnyUser() {
        String body = "{\"audience\":{\"users\":[7,7,9]},\"notification_type\":\"exam_result\",\"message\":\"m\","
                + "\"data\":{\"label\":5}}";

        sender.post("/api/notifications/", body).is("forbidden");
        system.admin().post("/api/notifications/", body).is(202);
        Answer answer =
                system.service("exams").post("/api/notifications/", body).is(202);

        answer.hasFields("request_id", "status_url");
        NotificationRequested event = new EventCodec()
                .decode(published(answer.string("request_id")), EventType.NOTIFICATION_REQUESTED)
                .data();
        assertThat(event.senderId()).isNull();
        assertThat(event.audience()).isEqualTo(Audience.users(List.of(7L, 9L)));
    }

    @Test
    void aTestIsForItsSenderAlone() {
        String self = path + "?test=true";
        Answer answer = sender.post(self, BODY, "Idempotency-Key", "try").is(202);

        String id = answer.has("recipients", 1, "course", course).string("request_id");
        NotificationRequested event = new EventCodec()
                .decode(published(id), EventType.NOTIFICATION_REQUESTED)
                .data();
        assertThat(event.audience()).isEqualTo(Audience.user(instructor));
        assertThat(event.testOfCourse()).isEqualTo(course);
        assertThat(event.senderId()).isEqualTo(instructor);
        assertThat(sender.post(self, BODY, "Idempotency-Key", "try").header("Idempotency-Replayed"))
                .isEqualTo("true");
        sender.post(path, BODY, "Idempotency-Key", "try").is("idempotency_key_reused");
        sender.post(path + "?test=false", BODY).has("recipients", 2);
        system.admin().post(self, BODY).has("recipients", 1);
    }

    @Test
    void aTestIsInNoList() {
        long colleague = TestSystem.newId();
        database.member(course, colleague, "instructor");
        String id = sender.post(path + "?test=true", BODY).string("request_id");
        String real = send();

        for (Api caller : List.of(sender, system.asUser(colleague), system.admin())) {
            caller.get(REQUESTS + "?course=" + course).has("count", 1);
        }
        sender.get(REQUESTS).has("count", 1, "results/0/request_id", real);
        sender.get(REQUESTS + id).has("test", true, "course", course, "recipients", 1);
        sender.get(REQUESTS + real).has("test", false);
        system.admin().get(REQUESTS + id).has("test", true);
        system.asUser(colleague).get(REQUESTS + id).is("not_found");
        system.asUser(colleague).get(REQUESTS + id + "/recipients/").is("not_found");
    }

    @Test
    void whoMayNotSendMayNotTry() {
        sender.post(path + "?test=yes", BODY).is("invalid_fields").has("errors/0/field", "test");
        system.asUser(student).post(path + "?test=true", BODY).is("forbidden");
        String withoutInbox = TestSystem.TOKENS
                .of("root")
                .claim("roles", List.of("admin", "service"))
                .write();
        system.as(withoutInbox).post(path, BODY).is(202);
        system.as(withoutInbox).post(path + "?test=true", BODY).is("forbidden");
        system.admin()
                .post(
                        "/api/notifications/",
                        "{\"audience\":{\"users\":[7]},\"notification_type\":\"message\",\"message\":\"m\","
                                + "\"test_of_course\":42}")
                .is("invalid_fields")
                .has("errors/0/field", "test_of_course");
    }

    /** What looks dangerous but is text is accepted as text. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<img src=x onerror=alert(1)>",
                "\u202Etxet\u0301\u0301",
                "' OR 1=1; --",
                "${jndi:ldap://127.0.0.1/a}",
                "\uD83D\uDE00"
            })
    void textIsText(String text) {
        String message = text.repeat(10_000 / text.codePointCount(0, text.length()));
        sender.post(path, "{\"message\":\"" + message + "\",\"data\":{\"url\":\"https://learn.example.org/a?b=c\"}}")
                .is(202);
    }

    /** Not for its students, nor for who instructed it once. */
    @Test
    void sendOfACourseIsForAllWhoInstructIt() {
        long colleague = TestSystem.newId();
        database.member(course, colleague, "instructor");
        database.person(instructor, "Ines Costa");
        String id = send();
        database.stored(
                id,
                database.deliver(
                        student, new Content(instructor, "course_update", "Room", "B12", "{\"n\":1.0}", course)));
        Api other = system.asUser(colleague);

        other.get(REQUESTS + id)
                .has("message", "B12", "excerpt", "B12", "sender_name", "Ines Costa", "status", "stored")
                .has("data/n", 1.0);
        other.get(REQUESTS + "?course=" + course)
                .has("count", 1, "results/0/request_id", id, "results/0/excerpt", "B12");
        other.get(REQUESTS).has("count", 0);
        system.admin().get(REQUESTS + id).has("message", "B12");
        system.admin().get(REQUESTS + "?course=" + course).has("count", 1);
        assertThat(audited("request:" + id) + audited("requests:" + course)).isEqualTo(2);

        Api outsider = system.asUser(student);
        outsider.get(REQUESTS + id).is("not_found");
        outsider.get(REQUESTS + "?course=" + course).has("count", 0);
        database.leave(course, colleague);
        other.get(REQUESTS + id).is("not_found");
        other.get(REQUESTS + "?course=" + course).has("count", 0);
        system.service("exams").get(REQUESTS + id).is("not_found");
    }

    private int audited(String object) {
        return database.sql()
                .sql("SELECT count(*) FROM audit_log WHERE action = 'read' AND object = ?")
                .param(object)
                .query(Integer.class)
                .single();
    }

    @Test
    void statusIsNotForItsStudents() {
        String statusUrl = sender.post(path, BODY).string("status_url");

        sender.get(statusUrl)
                .has("status", "accepted", "notification_type", null, "title", null, "recipients", 2, "error", null);
        assertThat(system.asUser(student).get(statusUrl).text())
                .isEqualTo(sender.get(REQUESTS + "unknown/").text());
        system.asUser(student).get(REQUESTS).has("count", 0);
    }

    @Test
    void statusFollowsThePersister() {
        String id = send();
        long notification = database.deliver(student);
        database.deliverAlso(notification, TestSystem.newId());
        database.stored(id, notification);
        sender.get(REQUESTS + id).has("read", 0);
        system.asUser(student).patch("/api/notifications/" + notification + "/mark_read/");

        Answer status = sender.get(REQUESTS + id)
                .has("status", "stored", "read", 1, "notification_type", "message", "title", "Title");

        assertThat(status.string("stored_at")).endsWith("Z");
    }

    @Test
    void listNamesWhatIsStored() {
        String titled = send();
        String untitled = send();
        send();
        database.stored(
                titled, database.deliver(student, new Content(null, "course_update", "Room", "m", "{}", course)));
        database.stored(untitled, database.deliver(student, new Content(null, "announcement", "", "m", "{}", course)));

        sender.get(REQUESTS + "?course=" + course)
                .has("results/0/notification_type", null, "results/0/title", null)
                .has("results/1/notification_type", "announcement", "results/1/title", "")
                .has("results/2/notification_type", "course_update", "results/2/title", "Room");
    }

    @Test
    void rejectionIsToldWithItsReason() {
        String id = send();
        database.sql()
                .sql(
                        "UPDATE notification_request SET status = 'rejected', error_code = 'c', error_detail = 'd' WHERE id = ?")
                .param(id)
                .update();

        sender.get(REQUESTS + id + "/").has("status", "rejected", "error/code", "c", "error/detail", "d");
    }

    @Test
    void listsOnesSendsNewestFirstAndByCourse() {
        long second = TestSystem.newId();
        database.course(second, instructor);
        String first = send();
        String newer = sender.post("/api/courses/" + second + "/notify-students/", BODY)
                .string("request_id");

        Answer all = sender.get(REQUESTS + "?page_size=1").has("count", 2, "results/0/request_id", newer);

        sender.get(all.string("next")).has("results/0/request_id", first);
        sender.get(REQUESTS + "?course=" + course).has("count", 1, "results/0/request_id", first);
        sender.get(REQUESTS + "?course=abc").is("invalid_fields");
    }
}
