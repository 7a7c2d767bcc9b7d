package io.belfry.api.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.api.support.Api;
import io.belfry.api.support.TestDatabase;
import io.belfry.api.support.TestDatabase.Content;
import io.belfry.api.support.TestSystem;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The numbers and the rows of one answer belong together, whatever is written beside them. */
class SnapshotIT {

    private static final int WRITES = 60;

    private final TestSystem system = TestSystem.shared();
    private final TestDatabase database = system.database();
    private final long user = TestSystem.newId();
    private final Api api = system.asUser(user);
    private final AtomicBoolean writing = new AtomicBoolean(true);

    @Test
    void everyAnswerIsOneState() throws Exception {
        database.deliver(user, Content.PLAIN, 10);
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            for (Future<Integer> rounds :
                    threads.invokeAll(List.<Callable<Integer>>of(this::write, this::readLists, this::followChanges))) {
                assertThat(rounds.get()).isGreaterThan(5);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private int write() {
        try {
            for (int i = 0; i < WRITES; i++) {
                long id = database.deliver(user);
                api.patch("/api/notifications/" + id + "/mark_read/");
                api.patch("/api/notifications/" + id + "/mark_unread/");
                if (i % 2 == 0) {
                    api.delete("/api/notifications/" + id + "/");
                }
                if (i % 10 == 9) {
                    api.post("/api/notifications/mark_all_read/", "{}");
                }
            }
            return WRITES;
        } finally {
            writing.set(false);
        }
    }

    private int readLists() {
        int rounds = 0;
        while (writing.get()) {
            JsonNode page = api.get("/api/notifications/?page_size=100").json();
            long unread = 0;
            long highest = 0;
            for (JsonNode row : page.path("results")) {
                unread += row.path("is_read").booleanValue() ? 0 : 1;
                highest = Math.max(highest, row.path("added_seq").longValue());
            }
            assertThat(page.path("unread").longValue()).isEqualTo(unread);
            assertThat(page.path("count").intValue())
                    .isEqualTo(page.path("results").size());
            assertThat(highest).isLessThanOrEqualTo(page.path("seq").longValue());
            rounds++;
        }
        return rounds;
    }

    /** A client that knows nothing but what {@code changes} says has what a list has. */
    private int followChanges() {
        Map<Long, Boolean> read = new HashMap<>();
        long applied = 0;
        int rounds = 0;
        while (writing.get()) {
            applied = apply(applied, read);
            rounds++;
        }
        apply(applied, read);
        Map<Long, Boolean> listed = new HashMap<>();
        api.get("/api/notifications/?page_size=100")
                .json()
                .path("results")
                .forEach(row -> listed.put(
                        row.path("id").longValue(), row.path("is_read").booleanValue()));
        assertThat(read).isEqualTo(listed);
        return rounds;
    }

    private long apply(long applied, Map<Long, Boolean> read) {
        JsonNode changes = api.get("/api/notifications/changes/?after=" + applied)
                .has("reset", false)
                .json();
        changes.path("notifications")
                .forEach(row ->
                        read.put(row.path("id").longValue(), row.path("is_read").booleanValue()));
        changes.path("deleted").forEach(id -> read.remove(id.longValue()));
        assertThat(changes.path("unread").longValue())
                .isEqualTo(read.values().stream().filter(isRead -> !isRead).count());
        return changes.path("seq").longValue();
    }
}
