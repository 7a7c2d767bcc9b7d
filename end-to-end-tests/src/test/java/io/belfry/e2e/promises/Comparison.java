package io.belfry.e2e.promises;

import static org.awaitility.Awaitility.await;

import io.belfry.e2e.client.ApiClient;
import io.belfry.e2e.promises.History.End;
import io.belfry.e2e.promises.History.Operation;
import io.belfry.e2e.replica.InboxClient;
import io.belfry.e2e.replica.Item;
import io.belfry.e2e.system.Database.Addition;
import io.belfry.e2e.system.Database.Counters;
import io.belfry.e2e.system.NotificationSystem;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * What was attempted against what is there, counted by recipient.
 *
 * @param attempted recipients of all sends
 * @param lost recipients of sends that ended well, without an entry
 * @param duplicated entries of one send for one user beyond the first
 * @param outOfOrder numbers of inboxes that are used twice, or that neither an addition nor a change of its owner's took
 * @param failures all that is wrong, in words; only the first of each kind in full
 */
record Comparison(long attempted, long lost, long duplicated, long outOfOrder, List<String> failures) {

    private static final Duration ANSWERED = Duration.ofSeconds(60);

    static Comparison of(NotificationSystem system, History history, Map<Long, InboxClient> clients) {
        Map<Long, List<Item>> truth = system.database().items(history.users());
        Map<Long, List<Addition>> additions = system.database().additions(history.users());
        Map<Long, Counters> counters = system.database().counters(history.users());
        Tally count = new Tally();
        Map<Long, Set<String>> due = new HashMap<>();
        Map<Long, Set<String>> possible = new HashMap<>();
        for (Operation operation : history.operations()) {
            for (long user : operation.users()) {
                possible.computeIfAbsent(user, any -> new HashSet<>()).add(operation.id());
                if (history.end(operation) == End.OK) {
                    due.computeIfAbsent(user, any -> new HashSet<>()).add(operation.id());
                }
                count.attempted();
            }
        }
        for (long user : history.users()) {
            List<Item> items = truth.getOrDefault(user, List.of());
            count.entries(
                    user,
                    additions.getOrDefault(user, List.of()),
                    counters.getOrDefault(user, Counters.NONE).seq(),
                    history.changes(user),
                    due.getOrDefault(user, Set.of()),
                    possible.getOrDefault(user, Set.of()));
            count.check(
                    listed(system.user(user)).equals(items),
                    "user " + user + ": REST lists another inbox than is stored");
        }
        clients.forEach((user, client) -> count.client(
                user,
                client,
                truth.getOrDefault(user, List.of()),
                counters.getOrDefault(user, Counters.NONE).unread()));
        system.database().inconsistencies(history.users()).forEach(count::fail);
        history.wrongAnswers().forEach((id, answer) -> count.fail("send " + id + " was answered " + answer));
        return count.done();
    }

    private static List<Item> listed(ApiClient user) {
        List<Item> items = new ArrayList<>();
        String path = "/api/notifications/?page_size=100";
        while (!path.isEmpty()) {
            JsonNode page = page(user, path);
            page.path("results").forEach(row -> items.add(Item.listed(row)));
            String next = page.path("next").asString("");
            path = next.isEmpty() ? "" : pathOf(URI.create(next));
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

    private static String pathOf(URI address) {
        return address.getRawPath() + "?" + address.getRawQuery();
    }
}
