package io.belfry.chaos.trials.servers;

import io.belfry.chaos.harness.Arena;
import io.belfry.chaos.harness.Attempt;
import io.belfry.chaos.harness.Outcome;
import io.belfry.kit.kafka.Events;
import io.belfry.kit.kafka.Events.Draft;
import io.belfry.kit.kafka.Poison;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** The same stream without and with one bad record in a hundred, of every kind: each is set aside whole, none holds others up. */
public final class PoisonInTheStream implements Attempt {

    private static final int RECORDS = 100_000;
    private static final double SLOWER = 1.25;

    @Override
    public void run(Arena arena) {
        // Fewer take half a second, of which what is paid once a batch is more than what poison costs.
        int records = arena.count(RECORDS, 50_000) / 100 * 100;
        arena.outcome().times(records / 100);
        List<Long> users = arena.system().platform().newUserIds(100);
        // Neither stream pays for what only the first would: code that was never run, inboxes that are not there.
        take(arena, stream(arena, users, records / 5, Map.of()));
        Duration clean = take(arena, stream(arena, users, records, Map.of()));

        List<Poison> kinds = Poison.kinds(arena.system().platform().newCourseId());
        Map<Integer, Draft> bad = new LinkedHashMap<>();
        for (int i = 37; i < records; i += 100) {
            // Half of it in one partition, half wherever it falls.
            Draft draft = kinds.get(i / 100 % kinds.size()).draft().key("bad-" + users.get(0) + "-" + i);
            bad.put(i, i < records / 2 ? draft.partition(3) : draft);
        }
        Duration poisoned = take(arena, stream(arena, users, records, bad));

        Map<String, List<ConsumerRecord<byte[], byte[]>>> letters = new LinkedHashMap<>();
        arena.system()
                .events()
                .read(Events.DEAD_LETTERS)
                .forEach(letter -> letters.computeIfAbsent(key(letter.key()), any -> new ArrayList<>())
                        .add(letter));
        long whole = bad.values().stream()
                .filter(draft -> isWhole(letters.getOrDefault(key(draft.key()), List.of()), draft))
                .count();
        double ratio = (double) poisoned.toMillis() / clean.toMillis();
        arena.outcome()
                .measured(
                        "%d of %d dead letters, each once and byte for byte; %s clean, %s poisoned (× %.2f)",
                        whole, bad.size(), Outcome.seconds(clean), Outcome.seconds(poisoned), ratio)
                .check(whole == bad.size(), "%d dead letters of %d are as they should be", whole, bad.size())
                .check(ratio <= SLOWER, "%.2f times as long as without poison", ratio);
    }

    private static List<Draft> stream(Arena arena, List<Long> users, int records, Map<Integer, Draft> bad) {
        List<Draft> stream = new ArrayList<>();
        for (int i = 0; i < records; i++) {
            Draft spoiled = bad.get(i);
            stream.add(spoiled != null ? spoiled : arena.draft(List.of(users.get(i % users.size()))));
        }
        return stream;
    }

    /** Publishes all and waits until all is handled. */
    private static Duration take(Arena arena, List<Draft> stream) {
        long began = System.nanoTime();
        arena.system().events().publishAll(stream);
        arena.untilNoLag();
        return Arena.since(began);
    }

    private static boolean isWhole(List<ConsumerRecord<byte[], byte[]>> letters, Draft draft) {
        return letters.size() == 1 && Arrays.equals(letters.get(0).value(), draft.value());
    }

    private static String key(byte @Nullable [] key) {
        return key == null ? "" : new String(key, StandardCharsets.UTF_8);
    }
}
