package io.belfry.kit.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.kit.contract.Json;
import io.belfry.kit.database.Item;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
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

        private JsonNode answer(String path) {
            if (path.contains("unread_count")) {
                return Json.object("seq", seq, "unread_count", unread(), "epoch", "e");
            }
            int after = path.indexOf("after=");
            return after < 0
                    ? list()
                    : changes(Long.parseLong(path.substring(after + "after=".length(), path.indexOf('&'))));
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

    private final Server server = new Server();
    private final VirtualTime time = new VirtualTime();

    /** Answers and questions are on the way as long as the draw says. */
    private Replica replica(Random random, int delay) {
        return new Replica(new Replica.Edge() {
            @Override
            public void get(String path, Consumer<@Nullable JsonNode> answered) {
                time.after(random.nextInt(delay), () -> {
                    JsonNode answer = server.answer(path);
                    time.after(random.nextInt(delay), () -> answered.accept(answer));
                });
            }

            @Override
            public void later(Runnable step, long millis) {
                time.after(millis, step);
            }

            @Override
            public long draw(long bound) {
                return random.nextLong(bound + 1);
            }

            @Override
            public long pauseAfter(int failures) {
                return 0;
            }
        });
    }

    @ParameterizedTest
    @CsvSource({"1, 60, 0", "2, 60, 0", "3, 500, 0", "4, 2000, 0", "5, 60, 0.05", "6, 2000, 0.3"})
    void holdsWhatTheServerHoldsHoweverLateAndInWhateverOrder(long seed, int delay, double lost) {
        Random random = new Random(seed);
        Replica replica = replica(random, delay);
        // What any client does once a minute finds what was lost last.
        replica.welcomed(Json.object("check_seconds", 60));
        for (int i = 0; i < 2_000; i++) {
            time.after(i * 15L, () -> {
                long id = server.seq == 0 ? 0 : 1 + random.nextLong(server.seq);
                JsonNode frame = server.items.containsKey(id) && random.nextInt(3) == 0
                        ? server.change(id, List.of("read", "unread", "deleted").get(random.nextInt(3)))
                        : server.add();
                if (random.nextDouble() >= lost) {
                    time.after(random.nextInt(delay), () -> replica.frame(frame));
                }
            });
        }
        time.pass(200_000);

        assertThat(replica.items()).isEqualTo(server.newestFirst());
        assertThat(replica.badge()).isEqualTo(server.unread());
        assertThat(replica.applied()).isEqualTo(server.seq);
        assertThat(replica.violations()).isEmpty();
    }
}
