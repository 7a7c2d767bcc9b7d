package io.belfry.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.belfry.api.support.Api;
import io.belfry.api.support.Api.Answer;
import io.belfry.api.support.ApiNode;
import io.belfry.api.support.TestDatabase.Content;
import io.belfry.api.support.TestSystem;
import io.belfry.api.support.Tokens;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The written description is true: it names every call, and what the calls answer is what it says. */
class ApiDescriptionIT {

    private static final String LOCATION = "https://belfry.example/openapi.json";

    private final TestSystem system = TestSystem.shared();
    private final JsonNode description = description(system.node());
    private final SchemaRegistry schemas = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12, settings -> settings.schemas(Map.of(LOCATION, description.toString())));
    private final long user = TestSystem.newId();
    private final long course = TestSystem.newId();
    private final Api api = system.asUser(user);

    private static JsonNode description(ApiNode node) {
        return Api.anonymous(node.url()).get("/v3/api-docs").json();
    }

    @BeforeEach
    void someoneHasSomething() {
        system.database().person(user, "Ana Lima");
        system.database().course(course, "Algebra");
        system.database().member(course, user, "instructor");
        system.database().deliver(user, new Content(user, "course_update", "t", "m", "{\"a\":1}", course));
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

    /** Every answer has the fields that it is described with, no other one, and each is what its schema says. */
    @Test
    void answersAreAsDescribed() {
        long id = api.get("/api/notifications/").at("results/0/id").longValue();
        long doomed = system.database().deliver(user);
        Api admin = system.as(Tokens.admin(TestSystem.newId()));
        String direct = "{\"audience\":{\"users\":[1]},\"notification_type\":\"message\",\"message\":\"m\"}";
        Answer sent = api.post("/api/courses/" + course + "/notify-students/", "{\"message\":\"m\"}");

        fits("get /api/notifications/", api.get("/api/notifications/?page_size=1&page=&is_read="));
        fits("get /api/notifications/{id}/", api.get("/api/notifications/" + id + "/"));
        fits("get /api/notifications/unread_count/", api.get("/api/notifications/unread_count/"));
        fits("get /api/notifications/changes/", api.get("/api/notifications/changes/?after=0"));
        fits("get /api/notifications/changes/", api.get("/api/notifications/changes/?after=0&epoch=other"));
        fits("patch /api/notifications/{id}/mark_read/", api.patch("/api/notifications/" + id + "/mark_read/"));
        fits("patch /api/notifications/{id}/mark_unread/", api.patch("/api/notifications/" + id + "/mark_unread/"));
        fits("post /api/notifications/mark_all_read/", api.post("/api/notifications/mark_all_read/", "{}"));
        fits("delete /api/notifications/{id}/", api.delete("/api/notifications/" + doomed + "/"));
        fits("post /api/courses/{id}/notify-students/", sent);
        fits("post /api/notifications/", admin.post("/api/notifications/", direct));
        fits("get /api/notification-requests/", api.get("/api/notification-requests/?course=" + course));
        fits("get /api/notification-requests/{request_id}/", api.get(sent.header("Location")));
        fits("get /api/courses/", api.get("/api/courses/"));
        fits("get /api/courses/{id}/", admin.get("/api/courses/" + course + "/"));
        fits("get /api/me/", api.get("/api/me/"));
        fits("post /api/sessions/sign-out/", api.post("/api/sessions/sign-out/", "{}"));
    }

    @Test
    void problemsAreAsDescribed() {
        fits("get /api/notifications/", api.get("/api/notifications/?page=99"), 404);
        fits("get /api/notifications/", api.get("/api/notifications/?page=9007199254740992"), 400);
        fits("get /api/notifications/", api.get("/api/notifications/?x=%25%ff"), 400);
        fits("get /api/notifications/", system.anonymous().get("/api/notifications/"), 401);
        fits("get /api/notifications/", system.as(Tokens.service("s")).get("/api/notifications/"), 403);
        fits("get /api/me/", api.get("/api/me/", "Accept", "text/csv"), 406);
        fits("get /api/notifications/{id}/", api.get("/api/notifications/abc/"), 400);
        fits("post /api/notifications/", api.post("/api/notifications/", "{}"), 403);
        fits(
                "post /api/notifications/mark_all_read/",
                api.post("/api/notifications/mark_all_read/", " ".repeat(200_000)),
                413);
    }

    private void fits(String call, Answer answer) {
        assertThat(answer.status()).as(call).isBetween(200, 299);
        fits(call, answer, answer.status());
    }

    private void fits(String call, Answer answer, int status) {
        assertThat(answer.status()).as(call).isEqualTo(status);
        String[] parts = call.split(" ", 2);
        String at = resolved("/paths/" + parts[1].replace("/", "~1") + "/" + parts[0] + "/responses/" + status);
        assertThat(description.at(at).isObject())
                .as("%s describes %s", call, status)
                .isTrue();
        description.at(at + "/headers").propertyNames().forEach(name -> {
            if (description.at(at + "/headers/" + name + "/required").asBoolean(false)) {
                assertThat(answer.header(name))
                        .as("%s %s %s", call, status, name)
                        .isNotNull();
            }
        });
        if (description.at(at + "/content").isMissingNode()) {
            assertThat(answer.text()).isEmpty();
            return;
        }
        String media = answer.header("Content-Type").replace("/", "~1");
        String schema = resolved(at + "/content/" + media + "/schema");
        assertThat(schemas.getSchema(SchemaLocation.of(
                                LOCATION + "#" + schema.replace("{", "%7B").replace("}", "%7D")))
                        .validate(answer.json()))
                .as("%s %s", call, status)
                .isEmpty();
        onlyDescribedFields(answer.json(), schema);
    }

    private void onlyDescribedFields(JsonNode value, String schema) {
        JsonNode properties = description.at(schema + "/properties");
        if (value.isObject() && properties.isObject()) {
            assertThat(properties.propertyNames()).as(schema).containsAll(value.propertyNames());
            value.properties()
                    .forEach(field ->
                            onlyDescribedFields(field.getValue(), resolved(schema + "/properties/" + field.getKey())));
        }
        if (value.isArray()) {
            value.forEach(element -> onlyDescribedFields(element, resolved(schema + "/items")));
        }
    }

    /** The pointer that this one leads to. */
    private String resolved(String pointer) {
        String reference = description.at(pointer).path("$ref").asString("");
        return reference.isEmpty() ? pointer : reference.substring(1);
    }

    @Test
    void hasAPageThatShowsIt() {
        Answer page = system.anonymous().get("/swagger-ui.html");

        assertThat(page.status()).isEqualTo(302);
        assertThat(system.anonymous().get(page.header("Location")).text()).contains("swagger-ui");
        assertThat(system.anonymous().get("/swagger-ui/swagger-initializer.js").text())
                .contains("/v3/api-docs");
        assertThat(system.anonymous().get("/swagger-ui/swagger-ui-bundle.js").status())
                .isEqualTo(200);
    }
}
