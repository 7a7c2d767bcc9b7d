package io.belfry.chaos.harness;

import static org.awaitility.Awaitility.await;

import io.belfry.chaos.load.OperationLog;
import io.belfry.chaos.load.OperationLog.End;
import io.belfry.chaos.load.OperationLog.Operation;
import io.belfry.kit.client.InboxClient;
import io.belfry.kit.database.Database;
import io.belfry.kit.database.Database.Addition;
import io.belfry.kit.database.Database.Counters;
import io.belfry.kit.database.Item;
import io.belfry.kit.http.ApiClient;
import io.belfry.kit.system.NotificationSystem;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.awaitility.core.ConditionTimeoutException;
import tools.jackson.databind.JsonNode;

/**
 * What was attempted against what is there, counted by recipient. What is wrong is also said in words, the first of each kind
 * in full. For one thread.
 */
final class Comparison {

    private static final Duration ANSWERED = Duration.ofMinutes(1);

    /** A client whose socket lost something in silence finds it with its own check, every 60 s unless told otherwise. */
    private static final Duration CLIENTS_SETTLE = Duration.ofSeconds(75);

    private static final int EXAMPLES = 3;

    /** What is counted. */
    enum Kind {
        /** Recipients of sends that ended well, without an entry. */
        LOST,
        /** Entries of what was never sent. */
        UNEXPECTED,
        /** Entries of one send for one user beyond the first. */
        DUPLICATED,
        /** Numbers of inboxes that are used twice, or that neither an addition nor a change of its owner's took. */
        OUT_OF_ORDER,
        /** Clients that show another inbox than is stored. */
        WRONG_CLIENTS
    }

    private final List<String> failures = new ArrayList<>();
    private final Map<Kind, Long> counts = new EnumMap<>(Kind.class);
    private long attempted;

    static Comparison of(NotificationSystem system, OperationLog log, Map<Long, InboxClient> clients) {
        List<Long> users = log.users();
        Map<Long, List<Addition>> additions = system.database().additions(users);
        Map<Long, List<Item>> truth = Database.items(additions);
        Map<Long, Counters> counters = system.database().counters(users);
        Map<Long, Set<String>> due = new HashMap<>();
        Map<Long, Set<String>> possible = new HashMap<>();
        Comparison count = new Comparison();
        for (Operation operation : log.operations()) {
            for (long user : operation.users()) {
                possible.computeIfAbsent(user, any -> new HashSet<>()).add(operation.id());
                if (operation.how() == End.OK) {
                    due.computeIfAbsent(user, any -> new HashSet<>()).add(operation.id());
                }
                count.attempted++;
            }
        }
        for (long user : users) {
            count.entries(
                    user,
                    additions.getOrDefault(user, List.of()).stream()
                            .map(Addition::item)
                            .toList(),
                    counters.getOrDefault(user, Counters.NONE).seq(),
                    log.changes(user),
                    due.getOrDefault(user, Set.of()),
                    possible.getOrDefault(user, Set.of()));
            if (!listed(system.user(user)).equals(truth.getOrDefault(user, List.of()))) {
                count.failures.add("user " + user + ": REST lists another inbox than is stored");
            }
        }
        clients.forEach((user, client) -> count.client(
                user,
                client,
                truth.getOrDefault(user, List.of()),
                counters.getOrDefault(user, Counters.NONE).unread()));
        count.failures.addAll(system.database().inconsistencies(users));
        log.wrongAnswers().forEach((id, answer) -> count.failures.add("send " + id + " was answered " + answer));
        return count;
    }

    private static List<Item> listed(ApiClient user) {
        List<Item> items = new ArrayList<>();
        String path = "/api/notifications/?page_size=100";
        while (!path.isEmpty()) {
            JsonNode page = page(user, path);
            page.path("results").forEach(row -> items.add(Item.listed(row)));
            URI next = URI.create(page.path("next").asString(""));
            path = next.getRawPath().isEmpty() ? "" : next.getRawPath() + "?" + next.getRawQuery();
        }
        return items;
    }

    /** The api may still be busy with those that the fault has sent to it: as any client does, this one asks again. */
    private static JsonNode page(ApiClient user, String path) {
        return await("the list at " + path)
                .atMost(ANSWERED)
                .pollDelay(Duration.ZERO)
                .ignoreException(UncheckedIOException.class)
                .until(() -> user.get(path), reply -> reply.status() != 503)
                .expect(200)
                .body();
    }

    /**
     * What ever came into an inbox. Each addition and each change took the next number, and nothing else did.
     *
     * @param seq the inbox's last number
     * @param changes how many were tried there; one that changes nothing takes no number
     * @param due titles of sends that ended well
     * @param possible titles of all sends
     */
    void entries(long user, List<Item> additions, long seq, int changes, Set<String> due, Set<String> possible) {
        Set<String> titles = new HashSet<>();
        Set<Long> numbers = new HashSet<>();
        for (Item item : additions) {
            if (!titles.add(item.title())) {
                wrong(Kind.DUPLICATED, 1, "user %s has %s twice", user, item.title());
            }
            if (!possible.contains(item.title())) {
                wrong(Kind.UNEXPECTED, 1, "user %s has %s, which was never sent", user, item.title());
            }
            if (item.addedSeq() < 1 || item.addedSeq() > seq || !numbers.add(item.addedSeq())) {
                wrong(Kind.OUT_OF_ORDER, 1, "user %s has seq %s again, or beyond 1 to %s", user, item.addedSeq(), seq);
            }
        }
        long leftOut = seq - numbers.size() - changes;
        if (leftOut > 0) {
            wrong(Kind.OUT_OF_ORDER, leftOut, "user %s has %s numbers that nothing took", user, leftOut);
        }
        for (String title : due) {
            if (!titles.contains(title)) {
                wrong(Kind.LOST, 1, "user %s has not got %s", user, title);
            }
        }
    }

    /** @param truth newest first, and how much of it is unread */
    private void client(long user, InboxClient client, List<Item> truth, long unread) {
        try {
            await().pollDelay(Duration.ZERO).atMost(CLIENTS_SETTLE).until(() -> client.shows(truth, unread));
        } catch (ConditionTimeoutException e) {
            wrong(
                    Kind.WRONG_CLIENTS,
                    1,
                    "user %s is shown %s of %s, badge %s of %s: %s",
                    user,
                    client.items().size(),
                    truth.size(),
                    client.badge(),
                    unread,
                    client.condition());
        }
        client.violations().forEach(violation -> failures.add("user " + user + " saw: " + violation));
    }

    @SuppressWarnings("AnnotateFormatMethod")
    private void wrong(Kind kind, long more, String format, Object... arguments) {
        if (counts.merge(kind, more, Long::sum) < EXAMPLES + more) {
            failures.add(format.formatted(arguments));
        }
    }

    /** Recipients of all sends. */
    long attempted() {
        return attempted;
    }

    long count(Kind kind) {
        return counts.getOrDefault(kind, 0L);
    }

    /** All that is wrong, in words. */
    List<String> failures() {
        List<String> all = new ArrayList<>(failures);
        counts.forEach((kind, count) -> all.add(
                "%d %s".formatted(count, kind.name().toLowerCase(Locale.ROOT).replace('_', ' '))));
        return all;
    }
}
