package io.belfry.acceptance.sending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
}
