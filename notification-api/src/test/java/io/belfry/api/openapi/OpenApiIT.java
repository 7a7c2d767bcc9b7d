package io.belfry.api.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.api.support.Api.Answer;
import io.belfry.api.support.TestDatabase.Content;
import io.belfry.api.support.TestSystem;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The description is true: it names every call, and what the calls answer is what it says. */
class OpenApiIT {

    private final TestSystem system = TestSystem.shared();
    private final JsonNode description = system.anonymous().get("/v3/api-docs").json();

    private JsonNode schema(String name) {
        JsonNode schema = description.path("components").path("schemas").path(name);
        assertThat(schema.isObject()).as(name).isTrue();
        return schema;
    }

    private static Set<String> texts(JsonNode array) {
        Set<String> texts = new TreeSet<>();
        array.forEach(text -> texts.add(text.stringValue()));
        return texts;
    }

    @Test
    void namesEveryCallAndItsErrors() {
        Set<String> calls = new TreeSet<>();
        description
                .path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(call -> {
                    calls.add(call.getKey() + " " + path.getKey());
                    assertThat(call.getValue().path("summary").stringValue()).isNotEmpty();
                    assertThat(call.getValue().path("responses").propertyNames())
                            .contains("401", "503");
                }));

        assertThat(calls)
                .containsExactly(
                        "delete /api/notifications/{id}/",
                        "get /api/courses/",
                        "get /api/courses/{id}/",
                        "get /api/me/",
                        "get /api/notification-requests/",
                        "get /api/notification-requests/{request_id}/",
                        "get /api/notifications/",
                        "get /api/notifications/changes/",
                        "get /api/notifications/unread_count/",
                        "get /api/notifications/{id}/",
                        "patch /api/notifications/{id}/mark_read/",
                        "patch /api/notifications/{id}/mark_unread/",
                        "post /api/courses/{id}/notify-students/",
                        "post /api/notifications/",
                        "post /api/notifications/mark_all_read/",
                        "post /api/sessions/sign-out/");
        assertThat(description
                        .at("/paths/~1api~1courses~1{id}~1notify-students~1/post/responses")
                        .propertyNames())
                .containsExactlyInAnyOrder(
                        "202", "400", "401", "403", "404", "406", "409", "413", "415", "422", "429", "503");
        assertThat(description.at("/components/securitySchemes/token/scheme").stringValue())
                .isEqualTo("bearer");
    }

    @Test
    void answersHaveWhatTheirSchemasSay() {
        long user = TestSystem.newId();
        system.database().deliver(user, new Content(3L, "course_update", "t", "m", "{\"a\":1}", 42L));
        Answer page = system.asUser(user).get("/api/notifications/");
        Answer changes = system.asUser(user).get("/api/notifications/changes/?after=0");
        Answer all = system.asUser(user).post("/api/notifications/mark_all_read/", "{}");
        Answer problem = system.asUser(user).get("/api/notifications/abc/");

        assertSame("NotificationPage", page.json());
        assertSame("NotificationView", page.at("results/0"));
        assertSame("Changes", changes.json());
        assertSame("AllRead", all.json());
        assertSame("Problem", problem.json());
        assertSame("Me", system.asUser(user).get("/api/me/").json());
        assertSame(
                "UnreadCount",
                system.asUser(user).get("/api/notifications/unread_count/").json());
    }

    @Test
    void sendsSayWhichTheyWereOnceTheyAreStored() {
        JsonNode send = schema("RequestView");

        assertThat(texts(send.path("required"))).contains("notification_type", "title");
        assertThat(texts(send.at("/properties/notification_type/type"))).containsExactly("null", "string");
        assertThat(texts(send.at("/properties/title/type"))).containsExactly("null", "string");
    }

    private void assertSame(String name, JsonNode answer) {
        JsonNode schema = schema(name);
        assertThat(new TreeSet<>(answer.propertyNames()))
                .isEqualTo(new TreeSet<>(schema.path("properties").propertyNames()));
        if (!name.equals("Problem")) {
            assertThat(texts(schema.path("required"))).isEqualTo(new TreeSet<>(answer.propertyNames()));
        }
        answer.properties().forEach(property -> {
            JsonNode type = schema.path("properties").path(property.getKey()).path("type");
            Set<String> types = type.isArray() ? texts(type) : Set.of(type.stringValue());
            assertThat(types).as("%s.%s", name, property.getKey()).contains(typeOf(property.getValue()));
        });
    }

    private static String typeOf(JsonNode value) {
        return switch (value.getNodeType()) {
            case NULL -> "null";
            case NUMBER -> "integer";
            case BOOLEAN -> "boolean";
            case STRING -> "string";
            case ARRAY -> "array";
            default -> "object";
        };
    }

    @Test
    void bodiesSayWhatTheyNeed() {
        assertThat(texts(schema("CourseMessage").path("required"))).containsExactly("message");
        JsonNode direct = schema("NotificationRequested");
        assertThat(texts(direct.path("required"))).containsExactly("audience", "message", "notification_type");
        assertThat(direct.path("properties").path("audience").path("oneOf").size())
                .isEqualTo(2);
        assertThat(direct.at("/properties/audience/oneOf/0/properties/users/items/type")
                        .stringValue())
                .isEqualTo("integer");
        assertThat(direct.path("properties").path("data").path("type").stringValue())
                .isEqualTo("object");
    }

    @Test
    void parametersHaveTheirTypes() {
        JsonNode list = description.at("/paths/~1api~1notifications~1/get/parameters");
        Set<String> named = new TreeSet<>();
        list.forEach(parameter -> named.add(parameter.path("name").stringValue() + ":"
                + parameter.path("schema").path("type").stringValue()));

        assertThat(named)
                .isEqualTo(new TreeSet<>(List.of(
                        "cursor:string",
                        "is_read:boolean",
                        "notification_type:string",
                        "page:integer",
                        "page_size:integer")));
        assertThat(description
                        .at("/paths/~1api~1notifications~1{id}~1/get/parameters/0/schema/type")
                        .stringValue())
                .isEqualTo("integer");
    }

    @Test
    void hasAPage() {
        Answer page = system.anonymous().get("/swagger-ui.html");

        assertThat(page.status()).isEqualTo(302);
        assertThat(system.anonymous().get(page.header("Location")).text()).contains("swagger-ui");
    }
}
