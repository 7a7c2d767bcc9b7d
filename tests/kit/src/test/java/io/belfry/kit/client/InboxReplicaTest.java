package io.belfry.kit.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.kit.client.InboxReplica.Question;
import io.belfry.kit.contract.Json;
import io.belfry.kit.database.Item;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The contract's rule against an inbox in memory whose frames and answers overtake each other. */
class InboxReplicaTest {

    private static final int NOTIFICATIONS = 1_500;

    /**
     * One run: a server that adds and changes, a client that hears of it late and out of order.
     *
     * @param maxDelay milliseconds that a frame or an answer may be under way
     */
    private record Simulation(SimulatedInbox server, VirtualTime time, Random random, int maxDelay, double lost) {

        Simulation(long seed, int maxDelay, double lost) {
            this(new SimulatedInbox(), new VirtualTime(), new Random(seed), maxDelay, lost);
        }

        int delay() {
            return 5 + random.nextInt(maxDelay);
        }

        /** Lets the server work; every frame and the answer to every change of the client's own reach the listeners. */
        void run(Consumer<JsonNode> onFrame, Consumer<JsonNode> onAnswer) {
            long at = 0;
            for (int i = 0; i < NOTIFICATIONS; i++) {
                at += 5 + random.nextInt(20);
                time.after(at, () -> deliver(server.add(), onFrame));
                if (random.nextInt(3) == 0) {
                    String change = List.of("read", "unread", "deleted").get(random.nextInt(3));
                    time.after(at + random.nextInt(20), () -> {
                        server.change(server.idNear(random.nextInt(50)), change)
                                .forEach(frame -> deliver(frame, onFrame));
                        JsonNode answer = server.numbers();
                        time.after(delay(), () -> onAnswer.accept(answer));
                    });
                }
            }
            // What any client does once a minute finds what was lost last.
            time.after(at + 10_000, () -> onAnswer.accept(server.numbers()));
            time.run();
        }

        private void deliver(JsonNode frame, Consumer<JsonNode> onFrame) {
            if (random.nextDouble() >= lost) {
                time.after(delay(), () -> onFrame.accept(frame));
            }
        }
    }

    /** A client by the rule, whose questions travel as slowly as everything else. */
    private static final class RuleClient {

        private final InboxReplica replica = new InboxReplica();
        private final Simulation simulation;
        private boolean holeTimed;

        RuleClient(Simulation simulation) {
            this.simulation = simulation;
            plan();
        }

        void onFrame(JsonNode frame) {
            replica.frame(frame);
            plan();
        }

        void onAnswer(JsonNode numbers) {
            replica.hear(numbers.path("seq").asLong(), numbers.path("unread").asLong(), SimulatedInbox.EPOCH);
            plan();
        }

        private void plan() {
            if (replica.question() == Question.LIST) {
                ask(applied -> simulation.server().numbers(), simulation.server()::rows);
            } else if (replica.question() == Question.CHANGES && !holeTimed) {
                holeTimed = true;
                simulation.time().after(300 + simulation.random().nextInt(300), () -> {
                    holeTimed = false;
                    if (replica.question() == Question.CHANGES) {
                        ask(simulation.server()::changes, null);
                    }
                });
            }
        }

        private void ask(LongFunction<JsonNode> server, java.util.function.@Nullable Supplier<List<JsonNode>> list) {
            replica.asked();
            long applied = replica.applied();
            simulation.time().after(simulation.delay(), () -> {
                JsonNode answer = server.apply(applied);
                List<JsonNode> rows = list == null ? List.of() : list.get();
                simulation.time().after(simulation.delay(), () -> {
                    if (list == null) {
                        replica.changesAnswered(answer);
                    } else {
                        replica.listAnswered(
                                answer.path("seq").asLong(),
                                answer.path("unread").asLong(),
                                SimulatedInbox.EPOCH,
                                rows);
                    }
                    plan();
                });
            });
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 60, 0", "2, 60, 0", "3, 500, 0", "4, 2000, 0", "5, 60, 0.05", "6, 2000, 0.3"})
    void holdsWhatTheServerHoldsHoweverLateAndInWhateverOrder(long seed, int maxDelay, double lost) {
        Simulation simulation = new Simulation(seed, maxDelay, lost);
        RuleClient client = new RuleClient(simulation);

        simulation.run(client::onFrame, client::onAnswer);

        assertThat(client.replica.items()).isEqualTo(simulation.server().items());
        assertThat(client.replica.badge()).isEqualTo(simulation.server().unread());
        assertThat(client.replica.violations()).isEmpty();
    }

    /** Why the rule has two numbers: an answer that overtakes frames moves the only number past them. */
    @ParameterizedTest
    @CsvSource({"1, 60", "2, 2000"})
    void aClientWithOneNumberLosesForEver(long seed, int maxDelay) {
        Simulation simulation = new Simulation(seed, maxDelay, 0);
        TreeSet<Long> ids = new TreeSet<>();
        long[] seq = {0};

        simulation.run(
                frame -> {
                    if (frame.path("seq").asLong() > seq[0]) {
                        seq[0] = frame.path("seq").asLong();
                        ids.add(frame.at("/notification/id").asLong());
                    }
                },
                numbers -> seq[0] = Math.max(seq[0], numbers.path("seq").asLong()));

        List<Long> missing = simulation.server().items().stream()
                .map(Item::id)
                .filter(id -> !ids.contains(id))
                .toList();
        assertThat(missing).isNotEmpty();
    }

    @Test
    void frameOfAnotherEpochLoadsAfreshAndIsKept() {
        InboxReplica replica = loaded(3, "old");

        replica.frame(read(2, "new"));

        assertThat(replica.question()).isEqualTo(Question.LIST);
        replica.asked();
        replica.listAnswered(1, 1, "new", List.of(row(7, 1)));
        assertThat(replica.applied()).isEqualTo(2);
        assertThat(replica.items()).containsExactly(new Item(7, 1, true, "t"));
    }

    @Test
    void answerBelowItsOwnNumberLoadsAfresh() {
        InboxReplica replica = loaded(3, "same");

        replica.checked(2, 0, "same", 3);

        assertThat(replica.question()).isEqualTo(Question.LIST);
    }

    @Test
    void answerThatWasAskedBeforeFramesCameIsNoStepBack() {
        InboxReplica replica = loaded(3, "same");
        replica.frame(read(4, "same"));

        replica.checked(3, 0, "same", 3);

        assertThat(replica.question()).isEqualTo(Question.NONE);
        assertThat(replica.applied()).isEqualTo(4);
    }

    @Test
    void unknownChangeIsAHole() {
        InboxReplica replica = loaded(3, "same");

        replica.frame(Json.object("type", "inbox", "seq", 4, "unread", 0, "epoch", "same", "change", "pinned"));

        assertThat(replica.applied()).isEqualTo(3);
        assertThat(replica.question()).isEqualTo(Question.CHANGES);
    }

    @Test
    void framesThatComeWhileAListLoadsAreAppliedAboveIt() {
        InboxReplica replica = loaded(3, "same");
        replica.asked();
        replica.frame(read(4, "same"));
        replica.frame(read(5, "same"));
        assertThat(replica.applied()).isEqualTo(3);

        replica.listAnswered(4, 1, "same", List.of(row(7, 1)));

        assertThat(replica.applied()).isEqualTo(5);
    }

    private static InboxReplica loaded(long seq, String epoch) {
        InboxReplica replica = new InboxReplica();
        replica.asked();
        replica.listAnswered(seq, 1, epoch, List.of(row(7, 1)));
        return replica;
    }

    private static JsonNode row(long id, long addedSeq) {
        Map<String, Object> row =
                new HashMap<>(Map.of("id", id, "added_seq", addedSeq, "is_read", false, "title", "t"));
        return Json.object(row.entrySet().stream()
                .flatMap(entry -> Stream.of(entry.getKey(), entry.getValue()))
                .toArray());
    }

    private static JsonNode read(long seq, String epoch) {
        return Json.object(
                "type", "inbox", "seq", seq, "unread", 0, "epoch", epoch, "change", "read", "ids", List.of(7));
    }
}
