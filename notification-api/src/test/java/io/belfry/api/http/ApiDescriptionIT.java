package io.belfry.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.belfry.api.support.Api;
import io.belfry.api.support.Api.Answer;
import io.belfry.api.support.TestDatabase.Content;
import io.belfry.api.support.TestSystem;
import io.belfry.kit.contract.Json;
import io.belfry.kit.http.Descriptions;
import io.belfry.kit.http.RestDescription;
import java.net.http.HttpRequest;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The written description is true: it names every call, what it calls fit is taken, and answers are what it says. */
class ApiDescriptionIT {

    private static final String LOCATION = "https://belfry.example/openapi.json";

    private final TestSystem system = TestSystem.shared();
    private final JsonNode description = system.anonymous().get("/v3/api-docs").json();
    private final long user = TestSystem.newId();
    private final long course = TestSystem.newId();
    private final Api api = system.asUser(user);
    private final Api admin = system.admin();

    @BeforeEach
    void teach() {
        system.database().person(user, "Ana Lima");
        system.database().course(course, user);
        system.database().deliver(user, new Content(user, "course_update", "t", "m", "{\"a\":1}", course));
    }

    /** With no field that it does not name. */
    private static RestDescription closed(JsonNode description) {
        JsonNode closed = description.deepCopy();
        for (JsonNode schema : closed.at("/components/schemas")) {
            if (schema.has("properties")) {
                ((ObjectNode) schema).put("additionalProperties", false);
            }
        }
        return new RestDescription(closed);
    }

    @Test
    void namesEveryCallAndNoOther() {
        assertThat(system.node().described()).isEqualTo(system.node().calls()).hasSizeGreaterThan(15);
    }

    /** Those of every call here, and whatever other tests of this JVM got before. */
    @Test
    void answersAreAsDescribed() {
        String one = "/api/notifications/"
                + api.get("/api/notifications/?page_size=1&page=&is_read=").number("results/0/id");
        String direct = "{\"audience\":{\"users\":[1]},\"notification_type\":\"message\",\"message\":\"m\"}";
        RestDescription closed = closed(description);
        Answer template = api.post("/api/templates/", "{\"name\":\"n\",\"message\":\"m\"}");
        String kept = "/api/templates/" + template.number("id") + "/";
        Answer sent = api.post("/api/courses/" + course + "/notify-students/", "{\"message\":\"m\"}");

        for (Answer answer : new Answer[] {
            sent,
            admin.post("/api/notifications/", direct),
            api.get(String.valueOf(sent.header("Location"))),
            api.get("/api/notification-requests/?course=" + course),
            api.get(sent.header("Location") + "recipients/"),
            api.get(one + "/"),
            api.patch(one + "/mark_read/"),
            api.patch(one + "/mark_unread/"),
            api.get("/api/notifications/unread_count/"),
            api.get("/api/notifications/changes/?after=0"),
            api.get("/api/notifications/changes/?after=0&epoch=other"),
            api.post("/api/notifications/mark_all_read/", "{}"),
            api.delete(one + "/"),
            api.get("/api/courses/"),
            admin.get("/api/courses/" + course + "/"),
            template,
            api.get("/api/templates/"),
            api.get(kept),
            api.patch(kept, "{\"title\":\"t\"}"),
            api.get("/api/me/"),
            api.get("/api/me/export/"),
            api.delete(kept),
            api.post("/api/sessions/sign-out/", "{}")
        }) {
            HttpRequest call = answer.reply().response().request();
            byte[] body = answer.reply().response().body();
            String type = String.valueOf(answer.header("Content-Type"));
            assertThat(answer.status()).as(call.toString()).isBetween(200, 299);
            assertThat(closed.misfits(call.method(), call.uri().getPath(), answer.status(), type, body))
                    .isEmpty();
        }
        api.get("/api/notifications/?page=99").is(404);
        api.get("/api/notifications/?page=9007199254740992").is(400);
        system.anonymous().get("/api/notifications/").is(401);
        system.service("s").get("/api/notifications/").is(403);
        api.get("/api/me/", "Accept", "text/csv").is(406);
        api.post("/api/notifications/mark_all_read/", " ".repeat(200_000)).is(413);
        assertThat(Descriptions.misfits()).isEmpty();
    }

    /** In both directions: what a schema calls fit is taken, what it calls unfit is 400; each field with each of these. */
    @Test
    void bodiesAreTakenAsDescribed() {
        SchemaRegistry schemas = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12,
                settings -> settings.schemas(Map.of(LOCATION, description.toString())));
        JsonNode values =
                Json.parse("""
                [null, true, "", "7", "message", "\\u0000", 0, 1.5, 7, 9007199254740992, [], {}, {"users": [1, 1]}, {"users": []},
                 {"users": [0]}, {"users": ["1"]}, {"course": 7}, {"course": null}, {"course": 7, "users": [1]}, "%s", "%s", "%s", "%s"]
                """.formatted("t".repeat(255), "t".repeat(256), "m".repeat(10_000), "m".repeat(10_001)));
        Map<String, String> fit = Map.of(
                "/api/courses/" + course + "/notify-students/",
                "CourseMessage {'message':'m'}",
                "/api/notifications/",
                "NotificationRequested {'audience':{'course':7},'notification_type':'message','message':'m'}",
                "/api/notifications/mark_all_read/",
                "MarkAllRead {}",
                "/api/templates/",
                "NewTemplate {'name':'n','message':'m'}",
                "/api/sessions/sign-out/",
                "SignOut {}");
        Set<String> wrong = new TreeSet<>();
        fit.forEach((path, schemaAndBody) -> {
            String schema = schemaAndBody.replaceAll(" .*", "");
            Schema described = schemas.getSchema(SchemaLocation.of(LOCATION + "#/components/schemas/" + schema));
            Set<String> fields = new TreeSet<>(Set.of("more"));
            fields.addAll(description
                    .at("/components/schemas/" + schema + "/properties")
                    .propertyNames());
            for (String field : fields) {
                for (JsonNode value : values) {
                    ObjectNode body = (ObjectNode)
                            Json.parse(schemaAndBody.replace(schema, "").replace('\'', '"'));
                    body.set(field, value);
                    boolean fits = described.validate(body).isEmpty();
                    int status = admin.post(path, body.toString()).status();
                    if (fits == (status == 400) || status >= 500) {
                        wrong.add(schema + "." + field + " " + value + ": " + status);
                    }
                }
            }
        });
        assertThat(wrong).isEmpty();
    }

    @Test
    void hasAPageThatShowsIt() {
        Api visitor = system.anonymous();

        String page = visitor.get("/swagger-ui.html").is(302).header("Location");

        assertThat(visitor.get(String.valueOf(page)).text()).contains("swagger-ui");
        assertThat(visitor.get("/swagger-ui/swagger-initializer.js").text()).contains("/v3/api-docs");
        visitor.get("/swagger-ui/swagger-ui-bundle.js").is(200);
    }
}
