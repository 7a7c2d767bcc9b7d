package io.belfry.kit.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.kit.client.Replica.Question;
import io.belfry.kit.contract.Json;
import io.belfry.kit.database.Item;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The client's rule against an inbox in memory whose frames and answers overtake each other. */
class ReplicaTest {

    /** The server's side of one inbox: numbers its changes, and answers what the api answers. */
    private static final class Server {

        private final TreeMap<Long, Item> items = new TreeMap<>();
        private final Map<Long, Long> changed = new TreeMap<>();
        private long seq;

        private JsonNode add() {
            seq++;
            items.put(seq, new Item(seq, seq, false, "n" + seq));
            changed.put(seq, seq);
            JsonNode content = Json.object("id", seq, "title", "n" + seq);
            return frame("notification", "notification", content, "ids", List.of());
        }

        private JsonNode change(long id, String change) {
            seq++;
            if (change.equals("deleted")) {
                items.remove(id);
            } else {
                items.computeIfPresent(id, (same, item) -> item.read(change.equals("read")));
            }
            changed.put(id, seq);
            return frame("inbox", "change", change, "ids", List.of(id));
        }

        private JsonNode frame(String type, String name, Object value, String ids, List<Long> named) {
            return Json.object("type", type, "seq", seq, "unread", unread(), "epoch", "e", name, value, ids, named);
        }

        private long unread() {
            return items.values().stream().filter(item -> !item.read()).count();
        }

        private JsonNode list() {
            return answer("results", newestFirst().stream().map(Server::row).toList(), "next", null);
        }

        private JsonNode changes(long after) {
            List<Long> ids = changed.entrySet().stream()
                    .filter(entry -> entry.getValue() > after)
                    .map(Map.Entry::getKey)
                    .toList();
            return answer(
                    "notifications",
                    ids.stream()
                            .filter(items::containsKey)
                            .map(id -> row(items.get(id)))
                            .toList(),
                    "deleted",
                    ids.stream().filter(id -> !items.containsKey(id)).toList());
        }

        private JsonNode answer(String first, Object one, String second, Object other) {
            return Json.object("seq", seq, "unread", unread(), "epoch", "e", first, one, second, other);
        }

        private List<Item> newestFirst() {
            return List.copyOf(items.descendingMap().values());
        }

        private static JsonNode row(Item item) {
            return Json.object(
                    "id", item.id(), "added_seq", item.addedSeq(), "is_read", item.read(), "title", item.title());
        }
    }

    private record Due(long at, long order, Runnable step) {}

    private final Server server = new Server();
    private final Replica replica = new Replica();
    private final PriorityQueue<Due> due =
            new PriorityQueue<>(Comparator.comparingLong(Due::at).thenComparingLong(Due::order));
    private long now;
    private long planned;
    private boolean waits;

    private void after(long time, Runnable step) {
        due.add(new Due(now + time, planned++, step));
    }

    /** As the load client does it, in a time that passes at once. */
    private void plan(Random random, int delay) {
        if (replica.question() == Question.LIST) {
            ask(random, delay, true);
        } else if (replica.question() == Question.CHANGES && !waits) {
            waits = true;
            after(300, () -> {
                waits = false;
                if (replica.question() == Question.CHANGES) {
                    ask(random, delay, false);
                }
            });
        }
    }

    private void ask(Random random, int delay, boolean list) {
        replica.asked();
        long applied = replica.applied();
        after(random.nextInt(delay), () -> {
            JsonNode answer = list ? server.list() : server.changes(applied);
            after(random.nextInt(delay), () -> {
                if (list) {
                    replica.listAnswered(List.of(answer));
                } else {
                    replica.changesAnswered(answer);
                }
                plan(random, delay);
            });
        });
    }

    @ParameterizedTest
    @CsvSource({"1, 60, 0", "2, 60, 0", "3, 500, 0", "4, 2000, 0", "5, 60, 0.05", "6, 2000, 0.3"})
    void holdsWhatTheServerHoldsHoweverLateAndInWhateverOrder(long seed, int delay, double lost) {
        Random random = new Random(seed);
        plan(random, delay);
        for (int i = 0; i < 2_000; i++) {
            after(i * 15L, () -> {
                long id = server.seq == 0 ? 0 : 1 + random.nextLong(server.seq);
                JsonNode frame = server.items.containsKey(id) && random.nextInt(3) == 0
                        ? server.change(id, List.of("read", "unread", "deleted").get(random.nextInt(3)))
                        : server.add();
                if (random.nextDouble() >= lost) {
                    after(random.nextInt(delay), () -> {
                        replica.frame(frame);
                        plan(random, delay);
                    });
                }
            });
        }
        // What any client does once a minute finds what was lost last.
        after(60_000, () -> {
            JsonNode numbers = Json.object("seq", server.seq, "unread_count", server.unread(), "epoch", "e");
            replica.checked(numbers, replica.applied());
            plan(random, delay);
        });
        for (Due next = due.poll(); next != null; next = due.poll()) {
            now = next.at();
            next.step().run();
        }

        assertThat(replica.items()).isEqualTo(server.newestFirst());
        assertThat(replica.badge()).isEqualTo(server.unread());
        assertThat(replica.applied()).isEqualTo(server.seq);
        assertThat(replica.violations()).isEmpty();
    }

    @Test
    void anAnswerThatIsOlderThanTheBadgeLeavesTheBadge() {
        JsonNode list = server.list();
        replica.asked();
        replica.frame(server.add());
        replica.frame(server.add());

        replica.listAnswered(List.of(list));

        assertThat(replica.badge()).isEqualTo(2);
        assertThat(replica.items()).hasSize(2);
    }

    @Test
    void whileAQuestionIsUnderWayFramesWait() {
        replica.listAnswered(List.of(server.list()));
        server.add();
        JsonNode second = server.add();
        replica.frame(second);
        replica.asked();
        List<JsonNode> frames = new ArrayList<>(List.of(server.add()));
        JsonNode answer = server.changes(0);
        frames.forEach(replica::frame);
        assertThat(replica.items()).isEmpty();

        replica.changesAnswered(answer);

        assertThat(replica.items()).hasSize(3);
        assertThat(replica.question()).isEqualTo(Question.NONE);
    }

    @Test
    void anotherEpochIsLoadedAfresh() {
        server.add();
        replica.listAnswered(List.of(server.list()));

        replica.hear(Json.object("seq", 1, "unread", 0, "epoch", "other"));

        assertThat(replica.question()).isEqualTo(Question.LIST);
    }

    @Test
    void aDatabaseThatWentBackIsLoadedAfresh() {
        server.add();
        server.add();
        replica.listAnswered(List.of(server.list()));

        replica.checked(Json.object("seq", 1, "unread_count", 1, "epoch", "e"), 2);

        assertThat(replica.question()).isEqualTo(Question.LIST);
    }

    @Test
    void aResetIsLoadedAfresh() {
        server.add();
        replica.listAnswered(List.of(server.list()));
        replica.asked();

        replica.changesAnswered(Json.object("seq", 9, "unread", 9, "epoch", "e", "reset", true));

        assertThat(replica.question()).isEqualTo(Question.LIST);
        assertThat(replica.isLoaded()).isFalse();
    }

    @Test
    void aChangeOfALaterVersionLeavesAGapThatIsAskedFor() {
        server.add();
        replica.listAnswered(List.of(server.list()));

        replica.frame(server.change(1, "pinned"));

        assertThat(replica.applied()).isEqualTo(1);
        assertThat(replica.question()).isEqualTo(Question.CHANGES);
    }
}
