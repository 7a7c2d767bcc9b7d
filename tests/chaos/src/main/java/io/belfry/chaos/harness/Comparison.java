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
public record Comparison(long attempted, long lost, long duplicated, long outOfOrder, List<String> failures) {

    private static final Duration ANSWERED = Duration.ofMinutes(1);

    public static Comparison of(NotificationSystem system, OperationLog log, Map<Long, InboxClient> clients) {
        Map<Long, List<Item>> truth = system.database().items(log.users());
        Map<Long, List<Addition>> additions = system.database().additions(log.users());
        Map<Long, Counters> counters = system.database().counters(log.users());
        Findings count = new Findings();
        Map<Long, Set<String>> due = new HashMap<>();
        Map<Long, Set<String>> possible = new HashMap<>();
        for (Operation operation : log.operations()) {
            for (long user : operation.users()) {
                possible.computeIfAbsent(user, any -> new HashSet<>()).add(operation.id());
                if (operation.how() == End.OK) {
                    due.computeIfAbsent(user, any -> new HashSet<>()).add(operation.id());
                }
                count.attempted();
            }
        }
        for (long user : log.users()) {
            List<Item> items = truth.getOrDefault(user, List.of());
            count.entries(
                    user,
                    additions.getOrDefault(user, List.of()),
                    counters.getOrDefault(user, Counters.NONE).seq(),
                    log.changes(user),
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
        system.database().inconsistencies(log.users()).forEach(count::fail);
        log.wrongAnswers().forEach((id, answer) -> count.fail("send " + id + " was answered " + answer));
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
