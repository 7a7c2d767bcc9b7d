package io.belfry.chaos.trials.clients;

import io.belfry.chaos.harness.Arena;
import io.belfry.chaos.harness.Attempt;
import io.belfry.chaos.load.Load;
import io.belfry.kit.contract.Json;
import io.belfry.kit.database.Database.Addition;
import io.belfry.kit.database.Item;
import io.belfry.kit.http.ApiClient;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * {@code changes} is asked for about as much as it may name, and for what it cannot know, while two persisters write to
 * the same inboxes and their owners read and delete. Then clients come back that missed just as much.
 */
public final class ChangesAsked implements Attempt {

    private static final String INBOX = "/api/notifications/";
    private static final int QUESTIONS = 10_000;
    private static final int INBOXES = 10;
    private static final int FILLED = 1_000;
    private static final int RECIPIENTS = 5;
    private static final int RECORDS_PER_SECOND = 100;
    private static final List<Integer> MISSED = List.of(499, 500, 501);

    @Override
    public void run(Arena arena) {
        int questions = arena.count(QUESTIONS, 400);
        arena.outcome().times(questions);
        List<Long> users = arena.system().platform().newUserIds(INBOXES);
        arena.deliver(users, FILLED);
        Map<Long, List<Item>> filled = arena.system().database().items(users);
        askBelowTheFloor(arena);

        Load load = arena.load().eventsEverywhere(users, RECIPIENTS, RECORDS_PER_SECOND);
        Aim aim = new Aim();
        Map<Integer, Integer> due = new TreeMap<>();
        int wrong = 0;
        for (int i = 0; i < questions; i++) {
            long user = users.get(i % INBOXES);
            ApiClient api = arena.system().user(user);
            arena.log().change(user);
            changeOne(api, filled.getOrDefault(user, List.of()), i / INBOXES);
            long after = aim.at(arena.system().database().counters(user).seq());
            Answer answer = ask(api, after, "");
            List<Addition> all = additions(arena, user);
            aim.hit(answer.seq() - after);
            due.merge(answer.due(all), 1, Integer::sum);
            if (!answer.isExact(all) && wrong++ == 0) {
                arena.outcome().check(false, "user %d was answered %s where %d are due", user, answer, answer.due(all));
            }
            askWhatCannotBeKnown(api, answer, i, arena);
        }
        load.finish();
        arena.outcome()
                .measured(
                        "%s exact, of them %s that named %s; %d resets for more",
                        questions - wrong,
                        MISSED.subList(0, 2).stream()
                                .map(n -> due.getOrDefault(n, 0))
                                .toList(),
                        MISSED.subList(0, 2),
                        due.entrySet().stream()
                                .filter(entry -> entry.getKey() > Answer.MOST)
                                .mapToInt(Map.Entry::getValue)
                                .sum())
                .check(wrong == 0, "%d answers of %d are not exact", wrong, questions)
                .check(due.keySet().containsAll(MISSED), "it was never asked for one of %s: %s", MISSED, due);
        arena.system()
                .database()
                .inconsistencies(users)
                .forEach(each -> arena.outcome().check(false, "%s", each));
        new ClientsAway(arena).comeBackAfter(MISSED);
    }

    /** One more of the oldest is read or deleted, so that not only additions are named; each once. */
    private static void changeOne(ApiClient api, List<Item> newestFirst, int number) {
        if (number < newestFirst.size()) {
            String path =
                    INBOX + newestFirst.get(newestFirst.size() - 1 - number).id() + "/";
            if (number % 2 == 0) {
                api.patch(path + "mark_read/").expect(200);
            } else {
                api.delete(path).expect(204);
            }
        }
    }

    private static void askWhatCannotBeKnown(ApiClient api, Answer known, int number, Arena arena) {
        switch (number % 10) {
            case 0 -> checkReset(arena, "another epoch", ask(api, known.seq(), "&epoch=another-history"));
            case 3 -> checkReset(arena, "after the end", ask(api, known.seq() + 1_000_000, ""));
            case 6 -> {
                int status = api.get(INBOX + "changes/?after=-1").status();
                arena.outcome().check(status == 400, "a negative number is answered %d", status);
            }
            default -> {}
        }
    }

    private static void askBelowTheFloor(Arena arena) {
        long user = arena.system().platform().newUserId();
        arena.deliver(List.of(user), FILLED);
        long floor = FILLED - 10;
        arena.system().database().setFloor(user, floor);
        ApiClient api = arena.system().user(user);
        checkReset(arena, "below the floor", ask(api, floor - 1, ""));
        Answer above = ask(api, floor, "");
        arena.outcome()
                .check(
                        above.notifications().size() == 10 && above.isExact(additions(arena, user)),
                        "at the floor: %s",
                        above);
    }

    private static List<Addition> additions(Arena arena, long user) {
        return arena.system().database().additions(List.of(user)).getOrDefault(user, List.of());
    }

    private static void checkReset(Arena arena, String what, Answer answer) {
        arena.outcome().check(answer.isReset(), "%s: %s", what, answer);
    }

    private static Answer ask(ApiClient api, long after, String more) {
        return Answer.of(
                after,
                api.get(INBOX + "changes/?after=" + after + more).expect(200).body());
    }

    /**
     * An answer of {@code changes}.
     *
     * @param after what was asked
     * @param seq as of which it was answered
     */
    record Answer(long after, long seq, boolean reset, Set<Long> notifications, Set<Long> deleted) {

        /** More than these are not named. */
        static final int MOST = 500;

        static Answer of(long after, JsonNode body) {
            return new Answer(
                    after,
                    body.path("seq").asLong(),
                    body.path("reset").asBoolean(),
                    body.path("notifications")
                            .valueStream()
                            .map(row -> row.path("id").asLong())
                            .collect(Collectors.toSet()),
                    Set.copyOf(Json.ids(body.path("deleted"))));
        }

        /**
         * How many it had to name.
         *
         * @param all that ever came in; of what is later than the answer, only additions
         */
        int due(List<Addition> all) {
            return (int) all.stream().filter(this::isDue).count();
        }

        /** Whether it names just what it had to, or says that this is too much. */
        boolean isExact(List<Addition> all) {
            if (due(all) > MOST) {
                return isReset();
            }
            Set<Long> present = new HashSet<>();
            Set<Long> gone = new HashSet<>();
            all.stream()
                    .filter(this::isDue)
                    .forEach(addition -> (addition.deleted() ? gone : present)
                            .add(addition.item().id()));
            return !reset && notifications.equals(present) && deleted.equals(gone);
        }

        /** That it does not know, and no part. */
        boolean isReset() {
            return reset && notifications.isEmpty() && deleted.isEmpty();
        }

        private boolean isDue(Addition addition) {
            return addition.item().addedSeq() <= seq && addition.changedSeq() > after;
        }
    }

    /** Asks for about as much as may be named of an inbox that goes on growing until it is read. */
    private static final class Aim {

        private static final int AROUND = 3;

        private final Random random = new Random(4711);
        private long growth;
        private long wanted;

        long at(long seq) {
            wanted = (long) Answer.MOST - AROUND + random.nextInt(2 * AROUND + 1);
            return Math.min(seq, seq - wanted + growth);
        }

        void hit(long numbers) {
            growth += numbers - wanted;
        }
    }
}
