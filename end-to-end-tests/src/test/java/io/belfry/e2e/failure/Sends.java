package io.belfry.e2e.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.belfry.e2e.client.ApiClient;
import io.belfry.e2e.client.Json;
import io.belfry.e2e.client.Reply;
import io.belfry.e2e.system.Database;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A service that sends steadily through the api and keeps book: every send must be answered 202, 503 with
 * {@code Retry-After}, or not at all, and each 202 must be stored in the end.
 */
final class Sends {

    private final ApiClient service;
    private final List<Long> users;
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(4);
    private final AtomicInteger sent = new AtomicInteger();
    private final Map<String, String> accepted = new ConcurrentHashMap<>();
    private final AtomicInteger unavailable = new AtomicInteger();
    private final AtomicInteger unanswered = new AtomicInteger();
    private final Map<String, String> wrong = new ConcurrentHashMap<>();

    Sends(ApiClient service, List<Long> users) {
        this.service = service;
        this.users = users;
    }

    Sends every(Duration period) {
        var unused = timer.scheduleAtFixedRate(this::send, 0, period.toMillis(), TimeUnit.MILLISECONDS);
        return this;
    }

    private void send() {
        int number = sent.incrementAndGet();
        String title = "send " + number;
        var body = Json.object(
                "audience",
                Map.of("users", List.of(users.get(number % users.size()))),
                "notification_type",
                "message",
                "title",
                title,
                "message",
                "m");
        service.sendLater("POST", "/api/notifications/", body).whenComplete((reply, failure) -> {
            if (failure != null) {
                unanswered.incrementAndGet();
            } else {
                note(title, reply);
            }
        });
    }

    private void note(String title, Reply reply) {
        if (reply.status() == 202) {
            accepted.put(reply.body().path("request_id").asString(), title);
        } else if (reply.status() == 503 && reply.header("Retry-After").isPresent()) {
            unavailable.incrementAndGet();
        } else {
            wrong.put(title, reply.status() + " " + reply.text());
        }
    }

    int accepted() {
        return accepted.size();
    }

    int unavailable() {
        return unavailable.get();
    }

    int answered() {
        return accepted.size() + unavailable.get() + unanswered.get() + wrong.size();
    }

    void stop() {
        timer.shutdown();
    }

    /** Stops sending and waits for the answers that are due. */
    void finish() {
        stop();
        await().atMost(Duration.ofSeconds(30)).until(() -> answered() == sent.get());
    }

    /** Every accepted send is stored once. */
    void checkStored(Database database) {
        assertThat(wrong).isEmpty();
        await("all accepted sends are stored")
                .atMost(Duration.ofSeconds(90))
                .untilAsserted(() -> assertThat(database.count("""
                                SELECT count(*) FROM notification n JOIN inbox_entry e ON e.notification_id = n.id
                                 WHERE n.event_id = ANY (string_to_array(?, ','))""", String.join(",", accepted.keySet())))
                        .isEqualTo(accepted.size()));
        assertThat(database.inconsistencies(users)).isEmpty();
    }

    @Override
    public String toString() {
        return sent + " sends: " + accepted.size() + " accepted, " + unavailable + " refused with 503, " + unanswered
                + " without an answer; wrong: " + wrong;
    }
}
