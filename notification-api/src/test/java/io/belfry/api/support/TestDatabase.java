package io.belfry.api.support;

import io.belfry.kit.servers.TestServers;
import io.belfry.localstack.PostgresServer;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A database of its own with the real schema, and what the persister would write into it. */
public final class TestDatabase {

    private final String url;
    private final JdbcClient sql;
    private final TransactionTemplate transaction;

    private TestDatabase(String url, PGSimpleDataSource source) {
        this.url = url;
        this.sql = JdbcClient.create(source);
        this.transaction = new TransactionTemplate(new DataSourceTransactionManager(source));
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
                .load()
                .migrate();
    }

    public String url() {
        return url;
    }

    public JdbcClient sql() {
        return sql;
    }

    public TransactionTemplate transaction() {
        return transaction;
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

    /** One notification in one inbox, as the persister's fan-out leaves it; returns its id. */
    public long deliver(long user, Content content) {
        return transaction.execute(status -> {
            long id = sql.sql("""
                            INSERT INTO notification (event_source, event_id, sender_id, notification_type, title, message,
                                                      data, course_id, recipients, stored_at)
                            VALUES ('test', gen_random_uuid()::text, ?, ?, ?, ?, ?::json, ?, 1, clock_timestamp())
                            RETURNING id
                            """)
                    .params(
                            content.sender(),
                            content.type(),
                            content.title(),
                            content.message(),
                            content.data(),
                            content.course())
                    .query(Long.class)
                    .single();
            addEntry(user, id, content.type());
            return id;
        });
    }

    public long deliver(long user) {
        return deliver(user, Content.PLAIN);
    }

    /** An existing notification enters another inbox. */
    public void addEntry(long user, long notification, String type) {
        sql.sql("INSERT INTO inbox (user_id) VALUES (?) ON CONFLICT DO NOTHING")
                .param(user)
                .update();
        sql.sql("""
                        WITH box AS (
                            UPDATE inbox SET seq = seq + 1, unread = unread + 1, total = total + 1 WHERE user_id = :user
                            RETURNING seq, unread)
                        INSERT INTO inbox_entry (notification_id, user_id, added_seq, added_unread, changed_seq,
                                                 notification_type)
                        SELECT :id, :user, seq, unread, seq, :type FROM box
                        """)
                .param("user", user)
                .param("id", notification)
                .param("type", type)
                .update();
    }

    /** What a notification says. */
    public record Content(Long sender, String type, String title, String message, String data, Long course) {

        public static final Content PLAIN = new Content(null, "message", "Title", "Text", "{}", null);

        public static Content ofType(String type) {
            return new Content(null, type, "Title", "Text", "{}", null);
        }
    }
}
