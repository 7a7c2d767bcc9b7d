package io.belfry.chaos.load;

import io.belfry.kit.http.ApiClient;
import io.belfry.kit.system.NotificationSystem;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** People who look at their inboxes at an even pace: the list, the unread count, what changed. */
public final class Reads implements AutoCloseable {

    private static final String INBOX = "/api/notifications/";
    private static final List<String> CALLS =
            List.of(INBOX + "?page_size=20", INBOX + "unread_count/", INBOX + "changes/?after=0");

    private final Paced pace = new Paced();
    private final Set<String> wrong = ConcurrentHashMap.newKeySet();
    private final AtomicInteger number = new AtomicInteger();

    /** Begins at once. */
    public Reads(NotificationSystem system, URI api, List<Long> users, int callsPerSecond) {
        List<ApiClient> people = users.stream()
                .map(user -> new ApiClient(api, system.tokens().user(user)))
                .toList();
        pace.repeat(callsPerSecond, () -> read(people));
    }

    private void read(List<ApiClient> people) {
        int next = number.getAndIncrement();
        String call = CALLS.get(next % CALLS.size());
        var unused = people.get(next % people.size())
                .sendLater("GET", call, null)
                .whenComplete((reply, failure) -> {
                    if (reply == null || reply.status() != 200) {
                        wrong.add(call + ": " + (reply == null ? failure : reply.status() + " " + reply.text()));
                    }
                });
    }

    /** What was not answered 200, so far. */
    public Set<String> wrong() {
        return wrong;
    }

    @Override
    public void close() {
        pace.close();
    }
}
