package io.belfry.api.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.belfry.api.support.Api.Answer;
import io.belfry.api.support.TestDatabase.Content;
import io.belfry.api.support.TestSystem;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ExportIT {

    private static final String EXPORT = "/api/me/export/";

    private final TestSystem system = TestSystem.shared();
    private final long person = TestSystem.newId();

    @Test
    void isAllThatIsKeptOfAPersonAndOfNoOther() {
        long course = TestSystem.newId();
        long stranger = TestSystem.newId();
        long teacher = TestSystem.newId();
        system.database().course(course, person, stranger);
        system.database().member(course, teacher, "instructor");
        system.database().person(person, "Ines Costa");
        List<Long> ids = system.database().deliver(person, Content.PLAIN, 450);
        system.database().deliver(stranger);
        system.asUser(person)
                .patch("/api/notifications/" + ids.get(0) + "/mark_read/")
                .is(200);
        system.asUser(person).delete("/api/notifications/" + ids.get(1) + "/").is(204);
        for (long owner : new long[] {person, teacher}) {
            system.asUser(owner)
                    .post("/api/templates/", "{\"name\":\"Room\",\"message\":\"Of " + owner + "\"}")
                    .is(201);
        }
        String request = system.asUser(person)
                .post(
                        "/api/courses/" + course + "/notify-students/",
                        "{\"message\":\"Room 12.\"}",
                        "X-Forwarded-For",
                        "6.6.6.6, 192.0.2.7")
                .is(202)
                .string("request_id");

        Answer export = system.asUser(person).get(EXPORT).is(200);

        assertThat(export.header("Content-Disposition"))
                .isEqualTo("attachment; filename=\"belfry-" + person + ".json\"");
        assertThat(export.header("Cache-Control")).isEqualTo("no-store");
        export.hasFields(
                        "exported_at",
                        "person",
                        "courses",
                        "notifications",
                        "sent",
                        "templates",
                        "activity",
                        "sessions",
                        "signed_out_at")
                .has("person/name", "Ines Costa", "person/inbox/seq", 452, "person/inbox/unread", 448)
                .has("courses/0/course", course, "courses/0/title", "Algebra", "courses/0/role", "instructor")
                .has("sent/0/request_id", request, "sent/0/test", false, "notifications/0/test", false)
                .has("activity/0/action", "send", "activity/0/address", "192.0.2.7")
                .has("activity/0/object", "request:" + request + " course:" + course, "activity/1/action", "export")
                .has("activity/1/address", "127.0.0.1")
                .has("templates/0/name", "Room", "templates/0/message", "Of " + person);
        assertThat(export.at("templates")).hasSize(1);
        assertThat(export.ids("notifications")).isEqualTo(ids);
        JsonNode first = export.at("notifications/0");
        assertThat(first.path("read_at").stringValue()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        assertThat(export.at("notifications/1").path("deleted_at").isNull()).isFalse();
        assertThat(export.at("notifications/2").path("message").stringValue()).isEqualTo("Text");
    }

    @Test
    void isForPeopleAlone() {
        system.as(null).get(EXPORT).is(401);
        system.as(TestSystem.TOKENS.service("exams")).get(EXPORT).is(403);
    }

    @Test
    void aFaultOnTheWayCutsTheConnection() throws Exception {
        Content large = new Content(null, "message", "Title", "x".repeat(10_000), "{}", null);
        system.database().deliver(person, large, 2_000);
        HttpRequest request = HttpRequest.newBuilder(URI.create(system.node().url() + EXPORT))
                .header("Authorization", "Bearer " + TestSystem.TOKENS.user(person))
                .build();
        try (InputStream body = HttpClient.newHttpClient()
                .send(request, BodyHandlers.ofInputStream())
                .body()) {
            assertThat(body.read()).isEqualTo('{');
            system.database()
                    .inTransaction(
                            "LOCK TABLE inbox_entry",
                            () -> assertThatThrownBy(body::readAllBytes).isInstanceOf(IOException.class));
        }
    }
}
