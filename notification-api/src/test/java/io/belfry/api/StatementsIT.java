package io.belfry.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.belfry.api.support.Api;
import io.belfry.api.support.Api.Answer;
import io.belfry.api.support.ApiNode;
import io.belfry.api.support.TestDatabase;
import io.belfry.api.support.TestSystem;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What each call costs PostgreSQL: its statements and COMMITs, each a round trip, as the driver itself logs them (BEGIN goes
 * along with the first). A number that grows is a regression; one statement for an answer also makes it one snapshot.
 */
class StatementsIT {

    private static final Logger DRIVER = Logger.getLogger("org.postgresql.core.v3.QueryExecutorImpl");

    private final TestSystem system = TestSystem.shared();
    private final long student = TestSystem.newId();
    private final long instructor = TestSystem.newId();
    private final long course = TestSystem.newId();
    private final Api reader = system.asUser(student);
    private final Api sender = system.asUser(instructor);
    private final AtomicInteger statements = new AtomicInteger();

    @BeforeEach
    void listen() {
        system.database().course(course, instructor, student);
        system.database().person(student, "Ana");
        DRIVER.setLevel(Level.FINEST);
        DRIVER.setFilter(said -> {
            count(said.getMessage());
            return false;
        });
    }

    /** What the threads of requests have executed; the server probe has a thread of its own. */
    private void count(String said) {
        if (said.startsWith(" FE=> Execute") && Thread.currentThread().getName().contains("-exec-")) {
            statements.incrementAndGet();
        }
    }

    @AfterEach
    void listenNoMore() {
        DRIVER.setFilter(null);
        DRIVER.setLevel(null);
    }

    /** The least of some calls in a row: a connection that was idle is tried first, which is not the call's own. */
    private void costs(String what, int expected, Supplier<Answer> call) {
        int least = Integer.MAX_VALUE;
        for (int i = 0; i < 4; i++) {
            statements.set(0);
            assertThat(call.get().status()).isBetween(200, 299);
            least = Math.min(least, statements.get());
        }
        assertThat(least).as(what).isEqualTo(expected);
    }

    @Test
    void theFirstYesToReadinessHasRehearsedASendAndLeftNothing() {
        TestDatabase fresh = TestDatabase.migrated();
        fresh.sql()
                .sql("ALTER FUNCTION claim_request RENAME TO of_a_later_version")
                .update();
        Map<String, String> environment = system.environment();
        environment.put("BELFRY_DATABASE_URL", fresh.url());
        try (ApiNode node = ApiNode.start(environment)) {
            node.as(null).get("/actuator/health/readiness").is(503);
            fresh.sql()
                    .sql("ALTER FUNCTION of_a_later_version RENAME TO claim_request")
                    .update();

            statements.set(0);
            node.as(null).get("/actuator/health/readiness").is(200);
            assertThat(statements).as("schema, rights, claim, accepted").hasValue(4);

            statements.set(0);
            node.as(null).get("/actuator/health/readiness").is(200);
            assertThat(statements).as("once").hasValue(0);
        }
        for (String table : List.of("notification_request", "audit_log", "notification")) {
            assertThat(fresh.sql()
                            .sql("SELECT count(*) FROM " + table)
                            .query(Long.class)
                            .single())
                    .as(table)
                    .isZero();
        }
        assertThat(fresh.sql()
                        .sql("SELECT pg_sequence_last_value(pg_get_serial_sequence('audit_log', 'id')) IS NULL")
                        .query(Boolean.class)
                        .single())
                .as("no gap in the numbers of the audit log")
                .isTrue();
    }

    @Test
    void readingTakesOneStatement() {
        long id = system.database().deliver(student);

        costs("list", 1, () -> reader.get("/api/notifications/"));
        costs("list, filtered", 1, () -> reader.get("/api/notifications/?is_read=false&notification_type=message"));
        costs("one", 1, () -> reader.get("/api/notifications/" + id + "/"));
        costs("count", 1, () -> reader.get("/api/notifications/unread_count/"));
        costs("changes", 1, () -> reader.get("/api/notifications/changes/?after=0"));
        costs("changes, reset", 1, () -> reader.get("/api/notifications/changes/?after=0&epoch=other"));
        costs("me", 1, () -> reader.get("/api/me/"));
        // What is unread of all that are shown is one more, as who studies there is.
        costs("courses of a student", 2, () -> reader.get("/api/courses/"));
        costs("courses of an instructor", 3, () -> sender.get("/api/courses/"));
        costs("course of an instructor", 3, () -> sender.get("/api/courses/" + course + "/"));
        costs("requests", 1, () -> sender.get("/api/notification-requests/"));
        // Whether one instructs it is one more.
        costs("requests of a course", 2, () -> sender.get("/api/notification-requests/?course=" + course));
    }

    @Test
    void changingTakesOneStatementAndItsAnswerAnother() {
        long id = system.database().deliver(student);

        costs("mark_read", 2, () -> reader.patch("/api/notifications/" + id + "/mark_read/"));
        costs("mark_all_read", 1, () -> reader.post("/api/notifications/mark_all_read/", "{}"));
        costs(
                "delete",
                1,
                () -> reader.delete("/api/notifications/" + system.database().deliver(student) + "/"));
    }

    /** One of them for whether the caller may send somewhere. */
    @Test
    void templatesTakeAFixedNumber() {
        AtomicInteger names = new AtomicInteger();
        Supplier<Answer> add = () ->
                sender.post("/api/templates/", "{\"name\":\"" + names.incrementAndGet() + "\",\"message\":\"m\"}");
        String one = "/api/templates/" + add.get().number("id") + "/";

        costs("templates", 2, () -> sender.get("/api/templates/"));
        costs("new template", 4, add);
        costs("changed template", 4, () -> sender.patch(one, "{\"title\":\"t\"}"));
        costs(
                "deleted template",
                6,
                () -> sender.delete("/api/templates/" + add.get().number("id") + "/"));
    }

    @Test
    void sendingTakesAsManyAsItsPromisesNeed() {
        String path = "/api/courses/" + course + "/notify-students/";
        String body = "{\"message\":\"m\"}";
        Api admin = system.admin();
        String direct = "{\"audience\":{\"users\":[1]},\"notification_type\":\"message\",\"message\":\"m\"}";

        costs("send", 3, () -> sender.post(path, body));
        costs("test", 3, () -> sender.post(path + "?test=true", body));
        Answer sent = sender.post(path, body, "Idempotency-Key", "again");
        costs("replay", 2, () -> sender.post(path, body, "Idempotency-Key", "again"));
        costs("request", 1, () -> sender.get(sent.header("Location")));
        costs("recipients", 2, () -> sender.get(sent.header("Location") + "recipients/"));
        String file = sent.header("Location").replaceFirst("/$", "/recipients.csv");
        costs("recipients as a file", 2, () -> sender.get(file));
        costs("direct send", 2, () -> admin.post("/api/notifications/", direct));
        costs("send of an admin", 3, () -> admin.post(path, body));
        AtomicInteger keys = new AtomicInteger();
        costs("keyed", 3, () -> admin.post(path, body, "Idempotency-Key", "k" + keys.incrementAndGet()));
    }

    /** Not even where reading all of it would be quicker: plans are kept while a table grows. */
    @Test
    void membersAreFoundByTheirKeys() {
        system.database().sql().sql("ANALYZE course_member").update();
        Scans before = Scans.of(system);
        Api admin = system.admin();
        // A plan is kept from the tenth on: the driver prepares at the fifth, the server looks at five more.
        int calls = 12;
        for (int i = 0; i < calls; i++) {
            assertThat(admin.post("/api/courses/" + course + "/notify-students/", "{\"message\":\"m\"}")
                            .status())
                    .isEqualTo(202);
            assertThat(sender.get("/api/courses/").status()).isEqualTo(200);
            assertThat(reader.get("/api/courses/" + course + "/").status()).isEqualTo(200);
        }

        // A session tells of both at the same moment, up to ten seconds after its work.
        await().atMost(Duration.ofSeconds(30)).until(() -> Scans.of(system).byKey() >= before.byKey() + 3 * calls);
        assertThat(Scans.of(system).ofAll()).isEqualTo(before.ofAll());
    }

    private record Scans(long ofAll, long byKey) {

        static Scans of(TestSystem system) {
            return system.database()
                    .sql()
                    .sql("SELECT seq_scan AS of_all, idx_scan AS by_key FROM pg_stat_user_tables"
                            + " WHERE relname = 'course_member'")
                    .query(Scans.class)
                    .single();
        }
    }
}
