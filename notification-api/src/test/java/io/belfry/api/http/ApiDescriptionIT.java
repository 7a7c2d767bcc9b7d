package io.belfry.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.belfry.api.support.Api;
import io.belfry.api.support.Api.Answer;
import io.belfry.api.support.ApiNode;
import io.belfry.api.support.TestDatabase.Content;
import io.belfry.api.support.TestSystem;
import io.belfry.kit.contract.Json;
import io.belfry.kit.http.Descriptions;
import io.belfry.kit.http.RestDescription;
import java.net.http.HttpRequest;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The written description is true: it names every call, what it calls fit is taken, and answers are what it says. */
class ApiDescriptionIT {

    private static final String LOCATION = "https://belfry.example/openapi.json";
    private static final String LONG = "m".repeat(10_000);

    private final TestSystem system = TestSystem.shared();
    private final JsonNode description = description(system.node());
    private final long user = TestSystem.newId();
    private final long course = TestSystem.newId();
    private final Api api = system.asUser(user);
    private final Api admin = system.admin();

    private static JsonNode description(ApiNode node) {
        return node.as(null).get("/v3/api-docs").json();
    }

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

    private static Set<String> described(JsonNode description) {
        Set<String> calls = new TreeSet<>();
        description
                .path("paths")
                .properties()
                .forEach(path ->
                        path.getValue().propertyNames().forEach(method -> calls.add(method + " " + path.getKey())));
        return calls;
    }

    @Test
    void namesEveryCallAndNoOther() {
        assertThat(described(description)).isEqualTo(system.node().calls()).hasSizeGreaterThan(15);
    }

    @Test
    void namesTheCallsOfTheDemoInDemoMode() {
        Map<String, String> environment = system.environment();
        environment.put("BELFRY_DEMO", "true");
        try (ApiNode node = ApiNode.start(environment)) {
            assertThat(described(description(node)))
                    .isEqualTo(node.calls())
                    .contains("post /api/demo/token/", "post /api/demo/token/refresh/", "get /api/demo/users/");
        }
    }

    /** Those of every call here, and whatever other tests of this JVM got before. */
    @Test
    void answersAreAsDescribed() {
        String one = "/api/notifications/"
                + api.get("/api/notifications/?page_size=1&page=&is_read=").number("results/0/id");
        String direct = "{\"audience\":{\"users\":[1]},\"notification_type\":\"message\",\"message\":\"m\"}";
        RestDescription closed = closed(description);
        Answer sent = api.post("/api/courses/" + course + "/notify-students/", "{\"message\":\"m\"}");

        for (Answer answer : new Answer[] {
            sent,
            admin.post("/api/notifications/", direct),
            api.get(String.valueOf(sent.header("Location"))),
            api.get("/api/notification-requests/?course=" + course),
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
            api.get("/api/me/"),
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

    static Stream<String> bodies() {
        String audience = "\"audience\":{\"users\":[1]}";
        String typed = "\"notification_type\":\"message\"";
        return Stream.concat(
                Stream.of(
                                "{\"message\":\"m\"}",
                                "{\"message\":\"m\",\"title\":null,\"notification_type\":null,\"data\":null}",
                                "{\"message\":\"" + LONG + "\",\"title\":\"" + "t".repeat(255) + "\"}",
                                "{\"message\":\"" + LONG + "m\"}",
                                "{\"message\":\"\"}",
                                "{\"message\":null}",
                                "{\"message\":5}",
                                "{}",
                                "{\"message\":\"m\",\"title\":\"" + "t".repeat(256) + "\"}",
                                "{\"message\":\"m\",\"title\":1}",
                                "{\"message\":\"m\",\"notification_type\":\"other\"}",
                                "{\"message\":\"m\",\"data\":[]}",
                                "{\"message\":\"m\",\"more\":1}")
                        .map(body -> "CourseMessage " + body),
                Stream.of(
                        "NotificationRequested {" + audience + "," + typed + ",\"message\":\"m\"}",
                        "NotificationRequested {" + audience + "," + typed + ",\"message\":\"m\",\"sender_id\":7}",
                        "NotificationRequested {\"audience\":{\"course\":7}," + typed + ",\"message\":\"m\"}",
                        "NotificationRequested {\"audience\":{\"course\":7,\"users\":[1]}," + typed
                                + ",\"message\":\"m\"}",
                        "NotificationRequested {\"audience\":{\"users\":[]}," + typed + ",\"message\":\"m\"}",
                        "NotificationRequested {\"audience\":{\"users\":[0]}," + typed + ",\"message\":\"m\"}",
                        "NotificationRequested {\"audience\":{}," + typed + ",\"message\":\"m\"}",
                        "NotificationRequested {\"audience\":null," + typed + ",\"message\":\"m\"}",
                        "NotificationRequested {" + audience + ",\"message\":\"m\"}",
                        "NotificationRequested {" + audience + "," + typed + ",\"message\":\"m\",\"sender_id\":0}",
                        "NotificationRequested {" + typed + ",\"message\":\"m\"}",
                        "MarkAllRead {}",
                        "MarkAllRead {\"up_to\":null}",
                        "MarkAllRead {\"up_to\":0}",
                        "MarkAllRead {\"up_to\":9007199254740992}",
                        "MarkAllRead {\"up_to\":\"1\"}",
                        "MarkAllRead {\"upto\":1}",
                        "SignOut {\"user\":null}",
                        "SignOut {\"user\":1.5}",
                        "SignOut {\"more\":1}"));
    }

    /** In both directions: what the schema calls fit is taken, what it calls unfit is 400. */
    @ParameterizedTest
    @MethodSource("bodies")
    void bodiesAreAsDescribed(String schemaAndBody) {
        String schema = schemaAndBody.substring(0, schemaAndBody.indexOf(' '));
        String body = schemaAndBody.substring(schema.length() + 1);
        Schema described = SchemaRegistry.withDefaultDialect(
                        SpecificationVersion.DRAFT_2020_12,
                        settings -> settings.schemas(Map.of(LOCATION, description.toString())))
                .getSchema(SchemaLocation.of(LOCATION + "#/components/schemas/" + schema));

        Answer answer = switch (schema) {
            case "CourseMessage" -> api.post("/api/courses/" + course + "/notify-students/", body);
            case "NotificationRequested" -> admin.post("/api/notifications/", body);
            case "MarkAllRead" -> api.post("/api/notifications/mark_all_read/", body);
            default -> api.post("/api/sessions/sign-out/", body);
        };

        boolean fits = described.validate(Json.parse(body)).isEmpty();
        assertThat(answer.status()).as(body + answer.text()).isBetween(fits ? 200 : 400, fits ? 204 : 400);
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
