package io.belfry.acceptance.sending;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.kit.contract.Json;
import io.belfry.kit.contract.Repository;
import io.belfry.kit.http.ApiClient;
import io.belfry.kit.socket.SocketClient;
import io.belfry.kit.system.Figures;
import io.belfry.kit.system.NotificationSystem;
import io.belfry.kit.system.Platform.Course;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** An instructor's message is in every student's inbox once, and on every open socket of each of them. */
class MainJobIT {

    private final NotificationSystem system = NotificationSystem.shared();

    @Test
    void sendReachesEveryInboxAndEverySocketOnce() {
        Course course = system.platform().newCourse(3);
        long ana = course.student(0);
        long bruno = course.student(1);
        try (SocketClient phone = system.socket(ana, 1);
                SocketClient laptop = system.socket(ana, 2);
                SocketClient other = system.socket(bruno, 2);
                SocketClient sender = system.socket(course.instructor(), 1)) {

            String requestId = send(course, "Room changed");
            for (SocketClient socket : List.of(phone, laptop, other)) {
                checkFrame(socket.awaitNotification("Room changed"), course, 1);
            }

            // What comes second shows that nothing of the first comes twice.
            send(course, "Room changed back");
            for (SocketClient socket : List.of(phone, laptop, other)) {
                checkFrame(socket.awaitNotification("Room changed back"), course, 2);
                assertThat(socket.frames("notification")).hasSize(2);
            }
            assertThat(sender.frames("notification")).isEmpty();
            assertThat(system.database().recipients(requestId)).isEqualTo(course.students());
        }
        for (long student : course.students()) {
            checkList(student, course);
        }
    }

    /** By an admin, who is no member of the course. */
    @Test
    void testReachesItsSenderAlone() {
        Course course = system.platform().newCourse(1);
        long admin = system.platform().newUserId();
        ApiClient caller = new ApiClient(system.apiAddress(), system.tokens().admin(admin));
        try (SocketClient sender = system.socket(admin);
                SocketClient student = system.socket(course.student(0))) {
            JsonNode sent = caller.post(course.sendPath() + "?test=true", Json.object("title", "Try", "message", "m"))
                    .expect(202)
                    .body();

            JsonNode content = sender.awaitNotification("Try").path("notification");
            assertThat(content.path("test").asBoolean()).isTrue();
            assertThat(content.path("course").asLong()).isEqualTo(course.id());
            JsonNode row = caller.get("/api/notifications/?course=" + course.id())
                    .expect(200)
                    .body()
                    .at("/results/0");
            assertThat(row.path("test").asBoolean()).isTrue();
            assertThat(row.path("course_title")).isEqualTo(content.path("course_title"));
            Requests.awaitStatus(caller, sent.path("request_id").asString(), "stored");
            send(course, "Now to all");
            assertThat(student.awaitNotification("Now to all").path("seq").asLong())
                    .isEqualTo(1);
        }
    }

    private String send(Course course, String title) {
        JsonNode body =
                Json.object("title", title, "message", "See you <b>there</b>", "data", Map.of("url", "/rooms/12"));
        return system.user(course.instructor())
                .post(course.sendPath(), body)
                .expect(202)
                .body()
                .path("request_id")
                .asString();
    }

    private void checkFrame(JsonNode frame, Course course, long number) {
        assertThat(frame.path("seq").asLong()).isEqualTo(number);
        assertThat(frame.path("unread").asLong()).isEqualTo(number);
        JsonNode content = frame.path("notification");
        assertThat(content.path("sender").asLong()).isEqualTo(course.instructor());
        assertThat(content.path("sender_name").asString()).isEqualTo("Instructor " + course.instructor());
        assertThat(content.path("notification_type").asString()).isEqualTo("course_update");
        assertThat(content.path("message").asString()).isEqualTo("See you <b>there</b>");
        assertThat(content.path("course").asLong()).isEqualTo(course.id());
        assertThat(content.at("/data/url").asString()).isEqualTo("/rooms/12");
    }

    private void checkList(long student, Course course) {
        JsonNode page =
                system.user(student).get("/api/notifications/").expect(200).body();
        assertThat(page.path("count").asInt()).isEqualTo(2);
        assertThat(page.path("seq").asLong()).isEqualTo(2);
        assertThat(page.path("unread").asLong()).isEqualTo(2);
        JsonNode newest = page.at("/results/0");
        assertThat(newest.path("title").asString()).isEqualTo("Room changed back");
        assertThat(newest.path("receiver").asLong()).isEqualTo(student);
        assertThat(newest.path("receiver_name").asString()).isEqualTo("Student " + student);
        assertThat(newest.path("course").asLong()).isEqualTo(course.id());
        assertThat(newest.path("added_seq").asLong()).isEqualTo(2);
        assertThat(newest.path("is_read").asBoolean()).isFalse();
    }

    @Test
    void everyServiceTellsItsVersion() {
        String version = Repository.read("pom.xml").replaceAll("(?s).*<revision>(.*)</revision>.*", "$1");

        assertThat(system.stack().services())
                .allSatisfy(service -> assertThat(
                                Figures.of(service).sum("belfry_build_info", "version=\"" + version + "\""))
                        .isEqualTo(1));
    }
}
