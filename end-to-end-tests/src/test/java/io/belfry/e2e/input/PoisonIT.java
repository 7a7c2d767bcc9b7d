package io.belfry.e2e.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.belfry.e2e.client.Json;
import io.belfry.e2e.system.Events;
import io.belfry.e2e.system.Events.Draft;
import io.belfry.e2e.system.NotificationSystem;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Poison is set aside whole, under its code, and its neighbours are stored. */
class PoisonIT {

    private static final String DEAD_LETTERS = Events.REQUESTED + ".dlt";

    private final NotificationSystem system = NotificationSystem.shared();
    private final long user = system.platform().newUserId();

    private Draft good() {
        return Events.request(Events.newId(), Events.message(List.of(user), "good"));
    }

    private static Draft with(Draft base, String json) {
        return base.value(json.getBytes(StandardCharsets.UTF_8));
    }

    private static String data(String audience, String rest) {
        return "{\"audience\":" + audience + ",\"notification_type\":\"message\"," + rest + "}";
    }

    private static String message(String rest) {
        return data("{\"users\":[7]}", rest);
    }

    private static String structured(String attributes) {
        return "{\"specversion\":\"1.0\"," + attributes + "\"data\":" + message("\"message\":\"m\"") + "}";
    }

    /** Every kind, and the code that it must be filed under; the keys tell them apart. */
    private Map<String, Map.Entry<String, Draft>> kinds() {
        Map<String, Map.Entry<String, Draft>> kinds = new LinkedHashMap<>();
        add(kinds, "empty", "no value", good().value(null));
        add(kinds, "empty", "no bytes", good().value(new byte[0]));
        add(kinds, "not_json", "one byte", good().value(new byte[] {(byte) 0xC3}));
        add(kinds, "not_json", "cut off", with(good(), "{\"audience\":{\"users\":[7]}"));
        add(kinds, "not_json", "gzip", good().value(new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 3}));
        add(kinds, "not_json", "avro", good().value(new byte[] {0, 0, 0, 0, 1, 14, 'm'}));
        add(kinds, "not_object", "array", with(good(), "[1]"));
        add(kinds, "not_object", "text", with(good(), "\"m\""));
        add(kinds, "not_json", "two documents", with(good(), message("\"message\":\"m\"") + "{}"));
        add(kinds, "not_json", "name twice", with(good(), message("\"message\":\"m\",\"message\":\"n\"")));
        add(kinds, "not_json", "NUL in the message", with(good(), message("\"message\":\"\\u0000\"")));
        add(kinds, "not_json", "NUL in data", with(good(), message("\"message\":\"m\",\"data\":{\"a\":\"\\u0000\"}")));
        add(kinds, "not_json", "half a pair", with(good(), message("\"message\":\"m\",\"data\":{\"a\":\"\\ud800\"}")));
        add(kinds, "not_json", "1e999999999", with(good(), message("\"message\":\"m\",\"data\":{\"a\":1e999999999}")));
        add(kinds, "too_deep", "17 levels", with(good(), message("\"message\":\"m\",\"data\":" + Json.nested(17))));
        add(
                kinds,
                "too_deep",
                "100,000 levels",
                with(good(), message("\"message\":\"m\",\"data\":" + "[".repeat(100_000))));
        add(kinds, "bad_attributes", "no id", good().without("ce_id"));
        add(kinds, "bad_attributes", "blank id", good().header("ce_id", ""));
        add(kinds, "bad_attributes", "id of 256", good().header("ce_id", "i".repeat(256)));
        add(kinds, "bad_attributes", "no source", good().without("ce_source"));
        add(kinds, "bad_attributes", "source of 256", good().header("ce_source", "/" + "s".repeat(255)));
        add(kinds, "bad_attributes", "no type", good().without("ce_type"));
        add(kinds, "bad_attributes", "no version", good().without("ce_specversion"));
        add(kinds, "bad_attributes", "version 0.3", good().header("ce_specversion", "0.3"));
        add(kinds, "unknown_type", "another type", good().header("ce_type", "com.example.thing"));
        add(kinds, "unknown_type", "version 99", good().header("ce_type", "belfry.notification.requested.v99"));
        add(
                kinds,
                "invalid_field",
                "title of 256",
                with(good(), message("\"message\":\"m\",\"title\":\"" + "t".repeat(256) + "\"")));
        add(kinds, "invalid_field", "no message", with(good(), message("\"title\":\"t\"")));
        add(
                kinds,
                "invalid_field",
                "message of 10,001",
                with(good(), message("\"message\":\"" + "m".repeat(10_001) + "\"")));
        add(kinds, "invalid_field", "user 0", with(good(), data("{\"users\":[0]}", "\"message\":\"m\"")));
        add(kinds, "invalid_field", "user 1.9", with(good(), data("{\"users\":[1.9]}", "\"message\":\"m\"")));
        add(kinds, "invalid_field", "user as text", with(good(), data("{\"users\":[\"7\"]}", "\"message\":\"m\"")));
        add(
                kinds,
                "invalid_field",
                "user 2^53",
                with(good(), data("{\"users\":[9007199254740992]}", "\"message\":\"m\"")));
        add(kinds, "invalid_field", "nobody", with(good(), data("{\"users\":[]}", "\"message\":\"m\"")));
        add(
                kinds,
                "invalid_field",
                "both audiences",
                with(good(), data("{\"users\":[7],\"course\":1}", "\"message\":\"m\"")));
        add(
                kinds,
                "invalid_field",
                "no audience",
                with(good(), "{\"notification_type\":\"message\",\"message\":\"m\"}"));
        add(
                kinds,
                "invalid_field",
                "unknown notification type",
                with(good(), "{\"audience\":{\"users\":[7]},\"notification_type\":\"poke\",\"message\":\"m\"}"));
        add(
                kinds,
                "invalid_field",
                "a strange url",
                with(good(), message("\"message\":\"m\",\"data\":{\"url\":\"https://evil.example/\"}")));
        add(
                kinds,
                "invalid_field",
                "data over 16 KiB",
                with(good(), message("\"message\":\"m\",\"data\":{\"a\":\"" + "x".repeat(17_000) + "\"}")));
        add(
                kinds,
                "invalid_field",
                "10,001 users",
                with(
                        good(),
                        data(
                                "{\"users\":"
                                        + LongStream.rangeClosed(1, 10_001)
                                                .boxed()
                                                .toList() + "}",
                                "\"message\":\"m\"")));
        add(
                kinds,
                "unknown_course",
                "a course nobody knows",
                with(good(), data("{\"course\":" + system.platform().newCourseId() + "}", "\"message\":\"m\"")));
        Draft envelope =
                new Draft(Events.REQUESTED, null, null, null, Map.of("content-type", "application/cloudevents+json"));
        add(
                kinds,
                "bad_attributes",
                "structured without an id",
                with(envelope, structured("\"source\":\"/e2e\",\"type\":\"belfry.notification.requested.v1\",")));
        add(
                kinds,
                "unknown_type",
                "structured of another type",
                with(envelope, structured("\"id\":\"1\",\"source\":\"/e2e\",\"type\":\"x\",")));
        add(
                kinds,
                "bad_attributes",
                "structured in Avro",
                good().header("content-type", "application/cloudevents+avro"));
        return kinds;
    }

    private void add(Map<String, Map.Entry<String, Draft>> kinds, String code, String kind, Draft draft) {
        String key = kind + " " + user;
        kinds.put(key, Map.entry(code, draft.key(key)));
    }

    private static String key(ConsumerRecord<byte[], byte[]> record) {
        return record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
    }

    /** The dead letters of these keys, once they are all there. */
    private Map<String, List<ConsumerRecord<byte[], byte[]>>> awaitDeadLetters(Set<String> keys) {
        return await("every bad one is set aside")
                .atMost(Duration.ofSeconds(60))
                .until(
                        () -> system.events().read(DEAD_LETTERS).stream()
                                .filter(record -> keys.contains(key(record)))
                                .collect(Collectors.groupingBy(PoisonIT::key)),
                        found -> found.keySet().containsAll(keys));
    }

    private static void checkWhole(ConsumerRecord<byte[], byte[]> letter, Draft sent) {
        assertThat(letter.value()).isEqualTo(sent.value());
        assertThat(letter.key()).isEqualTo(sent.key());
        sent.headers()
                .forEach((name, text) -> assertThat(Events.header(letter, name)).isEqualTo(text));
        assertThat(Events.header(letter, "belfry-error-detail")).isNotEmpty();
    }

    @Test
    void everyKindIsFiledUnderItsCodeBetweenGoodNeighbours() {
        Map<String, Map.Entry<String, Draft>> kinds = kinds();
        List<Draft> drafts = new ArrayList<>();
        kinds.values().forEach(kind -> {
            drafts.add(kind.getValue().partition(3));
            drafts.add(good().partition(3));
        });

        system.events().publishAll(drafts);

        var letters = awaitDeadLetters(kinds.keySet());
        await().untilAsserted(
                        () -> assertThat(system.database().counters(user).seq()).isEqualTo(kinds.size()));
        kinds.forEach((key, kind) -> {
            assertThat(letters.get(key)).as(key).hasSize(1);
            ConsumerRecord<byte[], byte[]> letter = letters.get(key).get(0);
            assertThat(Events.header(letter, "belfry-error")).as(key).isEqualTo(kind.getKey());
            checkWhole(letter, kind.getValue());
            assertThat(Events.header(letter, "belfry-original-topic"))
                    .isEqualTo(system.events().topic(Events.REQUESTED));
            assertThat(Events.header(letter, "belfry-original-partition")).isEqualTo("3");
            assertThat(Events.header(letter, "belfry-original-offset")).matches("\\d+");
        });
    }

    @Test
    void onePercentOfTenThousandIsSetAsideAndTheRestIsStored() {
        List<Map.Entry<String, Draft>> kinds = List.copyOf(kinds().values());
        List<Long> users = system.platform().newUserIds(100);
        List<Draft> drafts = new ArrayList<>();
        Map<String, Draft> bad = new LinkedHashMap<>();
        List<String> good = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            if (i % 100 == 37) {
                String key = "bad " + i + " " + user;
                Draft draft = kinds.get(i / 100 % kinds.size()).getValue().key(key);
                bad.put(key, draft);
                drafts.add(draft);
            } else {
                String id = Events.newId();
                good.add(id);
                drafts.add(Events.request(id, Events.message(List.of(users.get(i % 100)), "good " + i)));
            }
        }

        long began = System.nanoTime();
        system.events().publishAll(drafts);
        await("every good one is stored")
                .atMost(Duration.ofSeconds(90))
                .until(() -> system.database().storedEvents(good) == good.size());
        var letters = awaitDeadLetters(bad.keySet());
        System.out.printf(
                "10,000 events, %d of them poison: done in %.1f s%n", bad.size(), (System.nanoTime() - began) / 1e9);

        bad.forEach((key, sent) -> {
            assertThat(letters.get(key)).as(key).hasSize(1);
            checkWhole(letters.get(key).get(0), sent);
        });
        assertThat(users.stream()
                        .mapToLong(each -> system.database().counters(each).seq())
                        .sum())
                .isEqualTo(good.size());
        assertThat(system.database().inconsistencies(users)).isEmpty();
    }

    @Test
    void commandsAreSetAsideToo() {
        String key = "command " + user;
        JsonNode data = Json.object("user", user, "command", "format_disk");
        system.events()
                .publish(Events.event("inbox.commands", "belfry.inbox.command.v1", "/e2e", Events.newId(), data)
                        .key(key));

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(system.events().read("inbox.commands.dlt"))
                        .filteredOn(record -> key(record).equals(key))
                        .hasSize(1)
                        .allSatisfy(letter -> assertThat(Events.header(letter, "belfry-error"))
                                .isEqualTo("invalid_field")));
    }
}
