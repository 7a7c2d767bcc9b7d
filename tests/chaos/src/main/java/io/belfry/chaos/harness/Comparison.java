package io.belfry.chaos.harness;

import static org.awaitility.Awaitility.await;

import io.belfry.chaos.load.OperationLog;
import io.belfry.chaos.load.OperationLog.End;
import io.belfry.chaos.load.OperationLog.Operation;
import io.belfry.kit.client.InboxClient;
import io.belfry.kit.database.Database.Addition;
import io.belfry.kit.database.Database.Counters;
import io.belfry.kit.database.Item;
import io.belfry.kit.http.ApiClient;
import io.belfry.kit.system.NotificationSystem;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
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

    private final List<String> failures = new ArrayList<>();
    private long attempted;
    private long lost;
    private long unexpected;
    private long duplicated;
    private long outOfOrder;
    private long wrongClients;

    static Comparison of(NotificationSystem system, OperationLog log, Map<Long, InboxClient> clients) {
        Map<Long, List<Item>> truth = system.database().items(log.users());
        Map<Long, List<Addition>> additions = system.database().additions(log.users());
        Map<Long, Counters> counters = system.database().counters(log.users());
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
        for (long user : log.users()) {
            count.entries(
                    user,
                    additions.getOrDefault(user, List.of()),
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
        count.failures.addAll(system.database().inconsistencies(log.users()));
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
    void entries(long user, List<Addition> additions, long seq, int changes, Set<String> due, Set<String> possible) {
        Set<String> titles = new HashSet<>();
        Set<Long> numbers = new HashSet<>();
        for (Addition addition : additions) {
            if (!titles.add(addition.title())) {
                duplicated++;
                example(duplicated, "user %s has %s twice", user, addition.title());
            }
            if (!possible.contains(addition.title())) {
                unexpected++;
                example(unexpected, "user %s has %s, which was never sent", user, addition.title());
            }
            if (addition.seq() < 1 || addition.seq() > seq || !numbers.add(addition.seq())) {
                outOfOrder++;
                example(outOfOrder, "user %s has seq %s again, or beyond 1 to %s", user, addition.seq(), seq);
            }
        }
        long leftOut = seq - numbers.size() - changes;
        if (leftOut > 0) {
            outOfOrder += leftOut;
            example(outOfOrder, "user %s has %s numbers that nothing took", user, leftOut);
        }
        for (String title : due) {
            if (!titles.contains(title)) {
                lost++;
                example(lost, "user %s has not got %s", user, title);
            }
        }
    }

    /** @param truth newest first, and how much of it is unread */
    private void client(long user, InboxClient client, List<Item> truth, long unread) {
        try {
            await().pollDelay(Duration.ZERO).atMost(CLIENTS_SETTLE).until(() -> client.shows(truth, unread));
        } catch (ConditionTimeoutException e) {
            wrongClients++;
            example(
                    wrongClients,
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
    private void example(long number, String format, Object... arguments) {
        if (number <= EXAMPLES) {
            failures.add(format.formatted(arguments));
        }
    }

    /** Recipients of all sends. */
    long attempted() {
        return attempted;
    }

    /** Recipients of sends that ended well, without an entry. */
    long lost() {
        return lost;
    }

    /** Entries of one send for one user beyond the first. */
    long duplicated() {
        return duplicated;
    }

    /** Numbers of inboxes that are used twice, or that neither an addition nor a change of its owner's took. */
    long outOfOrder() {
        return outOfOrder;
    }

    /** All that is wrong, in words. */
    List<String> failures() {
        List<String> all = new ArrayList<>(failures);
        if (lost + unexpected + duplicated + outOfOrder + wrongClients > 0) {
            all.add("%d lost, %d unexpected, %d duplicated, %d out of order, %d clients wrong"
                    .formatted(lost, unexpected, duplicated, outOfOrder, wrongClients));
        }
        return all;
    }
}
