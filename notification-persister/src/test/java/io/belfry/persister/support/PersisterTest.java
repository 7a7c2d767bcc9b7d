package io.belfry.persister.support;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.kit.http.ApiClient;
import io.belfry.kit.kafka.Events.Draft;
import io.belfry.kit.system.Figures;
import io.belfry.kit.system.Platform;
import io.belfry.persister.PersisterMain;
import java.net.URI;
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
        return new ApiClient(URI.create("http://127.0.0.1:" + port()), null)
                .get(path)
                .status();
    }

    private int port() {
        return persister.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    /**
     * The sum of a figure's samples.
     *
     * @param labels that each of them has, as they are written: {@code topic="a"}
     */
    protected double figure(String name, String... labels) {
        return Figures.at(port(), "/actuator/prometheus").sum(name, labels);
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

    protected void assertInboxesAreExact() {
        List<Long> users =
                jdbc.sql("SELECT user_id FROM inbox").query(Long.class).list();
        assertThat(installation.database().inconsistencies(users)).isEmpty();
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
