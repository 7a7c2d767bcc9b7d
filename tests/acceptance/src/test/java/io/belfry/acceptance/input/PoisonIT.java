package io.belfry.acceptance.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.belfry.kit.contract.Json;
import io.belfry.kit.kafka.Events;
import io.belfry.kit.kafka.Events.Draft;
import io.belfry.kit.kafka.Poison;
import io.belfry.kit.system.NotificationSystem;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
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
        Map<String, Poison> kinds = new LinkedHashMap<>();
        Poison.kinds(system.platform().newCourseId()).forEach(kind -> kinds.put(kind.name() + " " + user, kind));
        List<Draft> drafts = new ArrayList<>();
        kinds.forEach((key, kind) -> {
            drafts.add(kind.draft().key(key).partition(3));
            drafts.add(good().partition(3));
        });

        system.events().publishAll(drafts);

        var letters = awaitDeadLetters(kinds.keySet());
        await().untilAsserted(
                        () -> assertThat(system.database().counters(user).seq()).isEqualTo(kinds.size()));
        kinds.forEach((key, kind) -> {
            assertThat(letters.get(key)).as(key).hasSize(1);
            ConsumerRecord<byte[], byte[]> letter = letters.get(key).get(0);
            assertThat(Events.header(letter, "belfry-error")).as(key).isEqualTo(kind.code());
            checkWhole(letter, kind.draft().key(key));
            assertThat(Events.header(letter, "belfry-original-topic"))
                    .isEqualTo(system.events().topic(Events.REQUESTED));
            assertThat(Events.header(letter, "belfry-original-partition")).isEqualTo("3");
            assertThat(Events.header(letter, "belfry-original-offset")).matches("\\d+");
        });
    }

    @Test
    void onePercentOfTenThousandIsSetAsideAndTheRestIsStored() {
        List<Poison> kinds = Poison.kinds(system.platform().newCourseId());
        List<Long> users = system.platform().newUserIds(100);
        List<Draft> drafts = new ArrayList<>();
        Map<String, Draft> bad = new LinkedHashMap<>();
        List<String> good = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            if (i % 100 == 37) {
                String key = "bad " + i + " " + user;
                Draft draft = kinds.get(i / 100 % kinds.size()).draft().key(key);
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
