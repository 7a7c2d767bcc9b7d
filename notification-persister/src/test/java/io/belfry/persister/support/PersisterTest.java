package io.belfry.persister.support;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.kit.kafka.Events.Draft;
import io.belfry.kit.system.Platform;
import io.belfry.persister.PersisterMain;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A class with an installation of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class PersisterTest {

    private static final AtomicLong IDS = new AtomicLong(1_000_000);

    protected final Installation installation = new Installation();
    protected final JdbcClient jdbc = installation.jdbc();

    /** Of {@link #start}. */
    protected ConfigurableApplicationContext persister;

    /**
     * Starts a persister in place of the one before it, and waits until it is ready.
     *
     * @param settings as {@link Installation#environment}
     */
    protected void start(String... settings) {
        stop();
        persister = PersisterMain.start(installation.settings(settings));
        awaitReady();
    }

    protected void stop() {
        if (persister != null) {
            persister.close();
        }
    }

    @AfterAll
    void closeInstallation() {
        stop();
        installation.close();
    }

    /** Long enough for a slow machine; whatever takes that long has failed. */
    protected static ConditionFactory eventually() {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(50))
                .ignoreExceptions();
    }

    protected void awaitReady() {
        eventually().until(() -> status("/actuator/health/readiness") == 200);
    }

    /** The status of a GET at the persister. */
    protected int status(String path) {
        return get(path).statusCode();
    }

    private HttpResponse<String> get(String path) {
        String port = persister.getEnvironment().getProperty("local.server.port");
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .build();
        return HttpClient.newHttpClient()
                .sendAsync(request, HttpResponse.BodyHandlers.ofString())
                .join();
    }

    /**
     * The sum of a figure's samples.
     *
     * @param labels that each of them has, as they are written: {@code topic="a"}
     */
    protected double figure(String name, String... labels) {
        return get("/actuator/prometheus")
                .body()
                .lines()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .filter(line -> Stream.of(labels).allMatch(line::contains))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    /** What a query for one number says. */
    protected long number(String sql, Object... arguments) {
        return jdbc.sql(sql).params(arguments).query(Long.class).single();
    }

    protected String text(String sql, Object... arguments) {
        return jdbc.sql(sql).params(arguments).query(String.class).single();
    }

    /** The only row that there is. */
    protected Map<String, Object> row(String sql, Object... arguments) {
        return jdbc.sql(sql).params(arguments).query().singleRow();
    }

    protected void run(String sql, Object... arguments) {
        jdbc.sql(sql).params(arguments).update();
    }

    /** How many entries these users have, deleted ones too. */
    protected long entries(Collection<Long> users) {
        return jdbc.sql("SELECT count(*) FROM inbox_entry WHERE user_id = ANY (?)")
                .param(users.toArray(Long[]::new))
                .query(Long.class)
                .single();
    }

    /** Of a user, a course or an event that no other test has. */
    protected static long newId() {
        return IDS.incrementAndGet();
    }

    protected static List<Long> newIds(int count) {
        return Stream.generate(PersisterTest::newId).limit(count).toList();
    }

    /** The platform tells of this; returns when Kafka has it. */
    protected void tell(Draft... drafts) {
        installation.events().publishAll(List.of(drafts));
    }

    protected void tellStudents(long course, List<Long> users) {
        tell(users.stream()
                .map(user -> Platform.member(course, user, "student"))
                .toArray(Draft[]::new));
    }

    /** A course in the directory, as if the platform had told of it. */
    protected long courseOf(List<Long> students) {
        long course = newId();
        run("INSERT INTO course (id, title) VALUES (?, 'A course')", course);
        run(
                "INSERT INTO course_member SELECT ?, u, 'student' FROM unnest(?::bigint[]) u",
                course,
                students.toArray(Long[]::new));
        return course;
    }

    /** Numbers without holes, one entry each, and counters that are what they count. */
    protected void assertInboxesAreExact() {
        List<String> wrong = jdbc.sql("""
                        SELECT format('user %s: seq %s unread %s total %s, but %s numbers up to %s, %s unread, %s kept',
                                      i.user_id, i.seq, i.unread, i.total, c.numbers, c.highest, c.unread, c.total)
                          FROM inbox i
                          CROSS JOIN LATERAL (
                               SELECT (SELECT count(DISTINCT n) FROM (
                                           SELECT added_seq n FROM inbox_entry e WHERE e.user_id = i.user_id
                                           UNION ALL
                                           SELECT changed_seq FROM inbox_entry e WHERE e.user_id = i.user_id) x) AS numbers,
                                      coalesce(max(greatest(e.added_seq, e.changed_seq)), 0) AS highest,
                                      count(*) FILTER (WHERE e.read_at IS NULL AND e.deleted_at IS NULL) AS unread,
                                      count(*) FILTER (WHERE e.deleted_at IS NULL) AS total
                                 FROM inbox_entry e WHERE e.user_id = i.user_id) c
                         WHERE i.unread <> c.unread OR i.total <> c.total OR i.seq < c.highest OR c.numbers > i.seq
                        """).query(String.class).list();
        assertThat(wrong).isEmpty();
    }

    /** As {@link #assertInboxesAreExact}, where nothing but additions happened: every number is an entry's. */
    protected void assertEveryNumberIsAnEntry() {
        assertInboxesAreExact();
        assertThat(jdbc.sql("""
                                SELECT i.user_id FROM inbox i
                                 WHERE i.seq <> (SELECT count(*) FROM inbox_entry e WHERE e.user_id = i.user_id)
                                """).query(Long.class).list()).isEmpty();
    }
}
