package io.belfry.persister.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A class with an installation of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class PersisterTest {

    private static final AtomicLong IDS = new AtomicLong(1_000_000);

    protected final Installation installation = new Installation();
    protected final JdbcClient jdbc = installation.jdbc();

    @AfterAll
    void closeInstallation() {
        installation.close();
    }

    /** Long enough for a slow machine; whatever takes that long has failed. */
    protected static ConditionFactory eventually() {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(50))
                .ignoreExceptions();
    }

    /** The status of a GET at a persister. */
    protected static int status(ApplicationContext persister, String path) {
        return get(persister, path).statusCode();
    }

    protected static HttpResponse<String> get(ApplicationContext persister, String path) {
        String port = persister.getEnvironment().getProperty("local.server.port");
        try {
            return HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * The sum of a figure's samples.
     *
     * @param labels that each of them has, as they are written: {@code topic="a"}
     */
    protected static double figure(ApplicationContext persister, String name, String... labels) {
        return get(persister, "/actuator/prometheus")
                .body()
                .lines()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .filter(line -> Stream.of(labels).allMatch(line::contains))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    protected static void awaitReady(ApplicationContext persister) {
        eventually().until(() -> status(persister, "/actuator/health/readiness") == 200);
    }

    /** What a query for one number says. */
    protected long number(String sql, Object... arguments) {
        return jdbc.sql(sql).params(arguments).query(Long.class).single();
    }

    protected String text(String sql, Object... arguments) {
        return jdbc.sql(sql).params(arguments).query(String.class).single();
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

    /** A course in the directory, as if the platform had told of it. */
    protected long courseOf(List<Long> students) {
        long course = newId();
        jdbc.sql("INSERT INTO course (id, title) VALUES (?, 'A course')")
                .param(course)
                .update();
        jdbc.sql("INSERT INTO course_member SELECT ?, u, 'student' FROM unnest(?::bigint[]) u")
                .param(course)
                .param(students.toArray(Long[]::new))
                .update();
        return course;
    }
}
