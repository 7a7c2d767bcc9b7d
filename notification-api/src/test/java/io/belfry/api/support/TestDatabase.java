package io.belfry.api.support;

import io.belfry.kit.servers.TestServers;
import io.belfry.localstack.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A database of its own with the real schema, and what the persister would write into it. */
public final class TestDatabase {

    private final String url;
    private final PGSimpleDataSource source;
    private final JdbcClient sql;

    private TestDatabase(String url, PGSimpleDataSource source) {
        this.url = url;
        this.source = source;
        this.sql = JdbcClient.create(source);
    }

    /** Without any table. */
    public static TestDatabase empty() {
        PostgresServer postgres = TestServers.shared().postgres();
        String url = postgres.createDatabase();
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(url);
        source.setUser(postgres.user());
        source.setPassword(postgres.password());
        return new TestDatabase(url, source);
    }

    public static TestDatabase migrated() {
        TestDatabase database = empty();
        database.migrate();
        return database;
    }

    public void migrate() {
        PostgresServer postgres = TestServers.shared().postgres();
        Flyway.configure()
                .dataSource(url, postgres.user(), postgres.password())
                .configuration(Map.of("flyway.postgresql.transactional.lock", "false"))
                .load()
                .migrate();
    }

    public String url() {
        return url;
    }

    public JdbcClient sql() {
        return sql;
    }

    /** Executes a statement and commits it after the action; what it locks is locked meanwhile. */
    public void inTransaction(String statement, Runnable action) throws SQLException {
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            connection.createStatement().execute(statement);
            action.run();
            connection.commit();
        }
    }

    public void person(long id, String name) {
        sql.sql("INSERT INTO platform_user (id, name) VALUES (?, ?)")
                .params(id, name)
                .update();
    }

    /** A course with its people. */
    public void course(long id, long instructor, long... students) {
        sql.sql("INSERT INTO course (id, title) VALUES (?, 'Algebra')")
                .param(id)
                .update();
        member(id, instructor, "instructor");
        for (long student : students) {
            member(id, student, "student");
        }
    }

    public void member(long course, long user, String role) {
        sql.sql("INSERT INTO course_member (course_id, user_id, role) VALUES (?, ?, ?)")
                .params(course, user, role)
                .update();
    }

    /** Of the course no more, whatever they were. */
    public void leave(long course, long user) {
        sql.sql("DELETE FROM course_member WHERE course_id = ? AND user_id = ?")
                .params(course, user)
                .update();
    }

    /** A request once its last recipient has the notification. */
    public void stored(String request, long notification) {
        sql.sql("""
                        UPDATE notification_request SET status = 'stored', recipients = 2, notification_id = ?,
                               stored_at = clock_timestamp() WHERE id = ?
                        """).params(notification, request).update();
    }

    /** The same notification for more users, without their inboxes. */
    public void deliverAlso(long notification, long... users) {
        sql.sql("""
                        INSERT INTO inbox_entry (notification_id, user_id, added_seq, added_unread, changed_seq, notification_type)
                        SELECT ?, user_id, 1, 1, 1, 'message' FROM unnest(?::bigint[]) AS u (user_id)
                        """).param(notification).param(users).update();
    }

    public long deliver(long user) {
        return deliver(user, Content.PLAIN);
    }

    /** One notification in one inbox; returns its id. */
    public long deliver(long user, Content content) {
        return deliver(user, content, 1).get(0);
    }

    /** So many notifications in one inbox, as the persister's fan-out leaves them; returns their ids, oldest first. */
    public List<Long> deliver(long user, Content content, int count) {
        return sql.sql("""
                        WITH n AS (
                            INSERT INTO notification (event_source, event_id, sender_id, notification_type, title, message,
                                                      data, course_id, recipients, stored_at)
                            SELECT 'test', gen_random_uuid()::text,
                                   :sender::bigint, :type, :title, :message, :data::json, :course::bigint,
                                   1, clock_timestamp()
                              FROM generate_series(1, :count) RETURNING id),
                        box AS (
                            INSERT INTO inbox AS i (user_id, seq, unread, total) VALUES (:user, :count, :count, :count)
                                ON CONFLICT (user_id) DO UPDATE
                               SET seq = i.seq + :count, unread = i.unread + :count, total = i.total + :count
                            RETURNING seq - :count AS seq, unread - :count AS unread),
                        numbered AS (SELECT id, row_number() OVER (ORDER BY id) AS number FROM n)
                        INSERT INTO inbox_entry (notification_id, user_id, added_seq, added_unread, changed_seq,
                                                 notification_type)
                        SELECT id, :user, seq + number, unread + number, seq + number, :type FROM numbered, box
                         ORDER BY number RETURNING notification_id
                        """)
                .param("user", user)
                .param("count", count)
                .param("sender", content.sender())
                .param("type", content.type())
                .param("title", content.title())
                .param("message", content.message())
                .param("data", content.data())
                .param("course", content.course())
                .query(Long.class)
                .list();
    }

    /** What a notification says. */
    public record Content(Long sender, String type, String title, String message, String data, Long course) {

        public static final Content PLAIN = new Content(null, "message", "Title", "Text", "{}", null);

        public static Content ofType(String type) {
            return new Content(null, type, "Title", "Text", "{}", null);
        }
    }
}
