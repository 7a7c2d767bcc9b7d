package io.belfry.kit.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.belfry.kit.contract.Json;
import io.belfry.kit.contract.Repository;
import io.belfry.kit.database.Item;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/**
 * The vectors of {@code shared-events/conformance}, replayed against the load client's {@link Replica}.
 * It shows no own change before its answer, loads all pages at once and announces nothing, so it leaves out what the
 * format's README lets such a client leave out; it has no page that could go out of view either.
 */
class ConformanceTest {

    private static final List<String> FILES = List.of("frames", "gaps", "loading", "numbers", "history");

    private final Map<String, Consumer<@Nullable JsonNode>> open = new LinkedHashMap<>();
    private final List<String> asked = new ArrayList<>();

    @TestFactory
    Stream<DynamicTest> holdsEveryVectorAtEveryJitter() {
        return FILES.stream().flatMap(file -> vectors(file));
    }

    private Stream<DynamicTest> vectors(String name) {
        JsonNode file = Json.parse(Repository.read("shared-events/conformance/" + name + ".json"));
        return file.path("vectors")
                .valueStream()
                .filter(vector -> vector.path("steps").valueStream().noneMatch(step -> step.has("visible")))
                .flatMap(vector -> DoubleStream.of(0, 0.5, 0.999)
                        .mapToObj(jitter -> dynamicTest(
                                name + ": " + vector.path("name").asString() + ", jitter " + jitter,
                                () -> replay(
                                        vector,
                                        vector.has("start") ? vector.get("start") : file.get("start"),
                                        jitter))));
    }

    private void replay(JsonNode vector, JsonNode start, double jitter) {
        open.clear();
        asked.clear();
        VirtualTime time = new VirtualTime();
        Replica replica = new Replica(new Replica.Edge() {
            @Override
            public void get(String path, Consumer<@Nullable JsonNode> answered) {
                String question = question(path);
                asked.add(question);
                open.put(question, answered);
            }

            @Override
            public void later(Runnable step, long millis) {
                time.after(millis, step);
            }

            @Override
            public long draw(long bound) {
                return (long) (jitter * bound);
            }

            @Override
            public long pauseAfter(int failures) {
                return (long) (jitter * 1_000);
            }
        });
        replica.plan();
        if (!start.isNull()) {
            answer("list", start);
            replica.welcomed(Json.object(
                    "check_seconds",
                    60,
                    "seq",
                    start.get("seq"),
                    "unread",
                    start.get("unread"),
                    "epoch",
                    start.get("epoch")));
            asked.clear();
        }
        int number = 0;
        for (JsonNode step : vector.path("steps")) {
            act(step, replica);
            time.pass(step.path("ms").asLong());
            compare("step " + ++number + " " + step, step.path("then"), replica);
            asked.clear();
        }
    }

    private void act(JsonNode step, Replica replica) {
        if (step.has("frame")) {
            replica.frame(step.get("frame"));
        } else if (step.has("answer")) {
            answer(step.path("to").asString(), step.get("answer"));
        } else if (step.has("fail")) {
            answer(step.path("fail").asString(), null);
        } else if (step.has("welcome")) {
            replica.welcomed(step.get("welcome"));
        }
        // A cut asks nothing by itself: the socket's way back is not the rule's.
        Set<String> known =
                new HashSet<>(Set.of("frame", "answer", "to", "fail", "welcome", "disconnect", "ms", "then"));
        step.propertyNames().forEach(name -> assertThat(known).contains(name));
    }

    private void answer(String question, @Nullable JsonNode body) {
        Consumer<@Nullable JsonNode> waiting = open.remove(question);
        assertThat(waiting).as("%s is open, among %s", question, open.keySet()).isNotNull();
        JsonNode answer = body;
        if (body != null && question.equals("unread_count")) {
            answer =
                    Json.object("seq", body.get("seq"), "unread_count", body.get("unread"), "epoch", body.get("epoch"));
        }
        waiting.accept(answer);
    }

    private void compare(String step, JsonNode then, Replica replica) {
        Map<String, Long> numbers =
                Map.of("applied", replica.applied(), "shown", replica.shown(), "badge", replica.badge());
        numbers.forEach((name, number) -> assertThat(number)
                .as("%s of %s", name, step)
                .isEqualTo(then.path(name).asLong(number)));
        if (then.has("list")) {
            assertThat(replica.items().stream().map(ConformanceTest::shown))
                    .as(step)
                    .containsExactlyElementsOf(then.get("list")
                            .valueStream()
                            .map(JsonNode::asString)
                            .toList());
        }
        List<String> expected =
                then.path("asks").valueStream().map(JsonNode::asString).toList();
        if (expected.contains("unread_count")) {
            assertThat(open).as(step).containsKey("unread_count");
        }
        assertThat(asked.stream().filter(question -> !question.equals("unread_count")))
                .as(step)
                .containsExactlyElementsOf(expected.stream()
                        .filter(question -> !question.equals("unread_count"))
                        .toList());
    }

    private static String shown(Item item) {
        return item.id() + (item.read() ? " read" : " unread");
    }

    /** A call as the vectors name it. */
    private static String question(String path) {
        String call = path.substring("/api/notifications/".length());
        return call.startsWith("?page_size") ? "list" : call.replace("/", "");
    }

    /** Steps in a time that passes at once. */
    private static final class VirtualTime {

        private record Due(long at, long order, Runnable step) {}

        private final PriorityQueue<Due> due =
                new PriorityQueue<>(Comparator.comparingLong(Due::at).thenComparingLong(Due::order));
        private long now;
        private long planned;

        void after(long millis, Runnable step) {
            due.add(new Due(now + millis, planned++, step));
        }

        /** Takes all steps that are due by then, their last moment included. */
        void pass(long millis) {
            long end = now + millis;
            while (!due.isEmpty() && due.element().at() <= end) {
                Due next = due.remove();
                now = next.at();
                next.step().run();
            }
            now = end;
        }
    }
}
