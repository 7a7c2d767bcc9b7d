package io.belfry.kit.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What answers consist of: every field that the contract names, and no other. */
public final class Shapes {

    public static final String TIME = "\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z";
    public static final String EPOCH = "[A-Za-z0-9_-]{1,64}";

    private static final Set<String> NOTIFICATION = Set.of(
            "id",
            "sender",
            "sender_name",
            "receiver",
            "receiver_name",
            "notification_type",
            "title",
            "message",
            "data",
            "is_read",
            "read_at",
            "course",
            "created_at",
            "added_seq");

    private Shapes() {}

    /** A notification among others. */
    public static JsonNode notification(JsonNode node) {
        assertThat(node.propertyNames()).containsExactlyInAnyOrderElementsOf(NOTIFICATION);
        checkNotification(node);
        return node;
    }

    /** A notification as an answer of its own, with the inbox's numbers. */
    public static JsonNode numberedNotification(JsonNode node) {
        assertThat(node.propertyNames())
                .containsExactlyInAnyOrderElementsOf(with(NOTIFICATION, "seq", "unread", "epoch"));
        checkNotification(node);
        numbers(node);
        return node;
    }

    /** The envelope of the inbox's list. */
    public static JsonNode inboxPage(JsonNode node) {
        assertThat(node.propertyNames())
                .containsExactlyInAnyOrder("count", "next", "previous", "results", "seq", "unread", "epoch");
        numbers(node);
        node.path("results").forEach(Shapes::notification);
        return node;
    }

    /** The envelope of the lists that are no inbox. */
    public static JsonNode page(JsonNode node) {
        assertThat(node.propertyNames()).containsExactlyInAnyOrder("count", "next", "previous", "results");
        return node;
    }

    public static JsonNode changes(JsonNode node) {
        assertThat(node.propertyNames())
                .containsExactlyInAnyOrder("seq", "unread", "epoch", "notifications", "deleted", "reset");
        numbers(node);
        node.path("notifications").forEach(Shapes::notification);
        return node;
    }

    public static JsonNode request(JsonNode node) {
        assertThat(node.propertyNames())
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
        assertThat(node.path("created_at").asString()).matches(TIME);
        return node;
    }

    public static JsonNode course(JsonNode node) {
        assertThat(node.propertyNames()).containsExactlyInAnyOrder("id", "title", "role", "students", "online");
        return node;
    }

    private static void numbers(JsonNode node) {
        assertThat(node.path("seq").isIntegralNumber()).isTrue();
        assertThat(node.path("unread").isIntegralNumber()).isTrue();
        assertThat(node.path("epoch").asString()).matches(EPOCH);
    }

    private static void checkNotification(JsonNode node) {
        assertThat(node.path("created_at").asString()).matches(TIME);
        assertThat(node.path("data").isObject()).isTrue();
        assertThat(node.path("added_seq").isIntegralNumber()).isTrue();
        if (node.path("is_read").asBoolean()) {
            assertThat(node.path("read_at").asString()).matches(TIME);
        } else {
            assertThat(node.path("read_at").isNull()).isTrue();
        }
    }

    private static Set<String> with(Set<String> names, String... more) {
        Set<String> all = new HashSet<>(names);
        all.addAll(Set.of(more));
        return all;
    }
}
