package io.belfry.persister.directory;

import io.belfry.events.names.Topics;
import io.belfry.events.platform.CourseMember;
import io.belfry.events.platform.PlatformCourse;
import io.belfry.events.platform.PlatformUser;
import io.belfry.events.wire.PlatformRecords;
import io.belfry.events.wire.PlatformRecords.Entity;
import io.belfry.events.wire.PlatformRecords.Membership;
import io.belfry.persister.pipeline.AppliedOnce.Applier;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Makes the directory what the platform's topics say, whatever order the three come in: of each key the last record
 * counts, and none refers to another. Many rows a statement. A person who is taken back is put down for erasure.
 */
public final class DirectoryHandler implements Applier<DirectoryHandler.Change> {

    /** A table and its two statements, for rows of that form. */
    private enum Table {
        USERS("""
                INSERT INTO platform_user (id, name) SELECT id, text FROM %s
                ON CONFLICT (id) DO UPDATE SET name = excluded.name
                """, """
                WITH erased AS (
                    INSERT INTO erased_user (user_id) SELECT id FROM %1$s
                    ON CONFLICT (user_id) DO UPDATE SET asked_at = clock_timestamp(), erased_at = NULL RETURNING user_id)
                DELETE FROM platform_user t USING erased WHERE t.id = erased.user_id
                """),
        COURSES("""
                INSERT INTO course (id, title) SELECT id, text FROM %s
                ON CONFLICT (id) DO UPDATE SET title = excluded.title
                """, "DELETE FROM course t USING %s WHERE t.id = r.id"),
        MEMBERS("""
                INSERT INTO course_member (course_id, user_id, role) SELECT id, member, text FROM %s
                ON CONFLICT (course_id, user_id) DO UPDATE SET role = excluded.role
                """, "DELETE FROM course_member t USING %s WHERE t.course_id = r.id AND t.user_id = r.member");

        private static final String ROWS = "unnest(?::bigint[], ?::bigint[], ?::text[]) AS r (id, member, text)";

        private final String upsert;
        private final String delete;

        Table(String upsert, String delete) {
            this.upsert = upsert.formatted(ROWS);
            this.delete = delete.formatted(ROWS);
        }
    }

    /** @param member 0 where the id alone is the key */
    private record Key(Table table, long id, long member) {}

    /** @param text the name, title or role that it has now; empty = it is gone */
    record Change(Key key, Optional<String> text) {}

    private final PlatformRecords records;
    private final Topics topics;
    private final JdbcClient jdbc;

    public DirectoryHandler(PlatformRecords records, Topics topics, JdbcClient jdbc) {
        this.records = records;
        this.topics = topics;
        this.jdbc = jdbc;
    }

    @Override
    public Change decode(ConsumerRecord<byte[], byte[]> record) {
        if (record.topic().equals(topics.users())) {
            Entity<PlatformUser> user = records.user(record);
            return new Change(new Key(Table.USERS, user.id(), 0), user.value().map(PlatformUser::name));
        }
        if (record.topic().equals(topics.courses())) {
            Entity<PlatformCourse> course = records.course(record);
            return new Change(
                    new Key(Table.COURSES, course.id(), 0), course.value().map(PlatformCourse::title));
        }
        Membership member = records.member(record);
        return new Change(
                new Key(Table.MEMBERS, member.course(), member.user()),
                member.role().map(CourseMember.Role::wireName));
    }

    @Override
    public Runnable apply(List<Change> changes) {
        Map<Key, Change> last = new LinkedHashMap<>();
        changes.forEach(change -> last.put(change.key(), change));
        for (Table table : Table.values()) {
            apply(table.upsert, table, true, last.values());
            apply(table.delete, table, false, last.values());
        }
        return () -> {};
    }

    private void apply(String sql, Table table, boolean present, Collection<Change> changes) {
        List<Change> rows = changes.stream()
                .filter(change -> change.key().table() == table && change.text().isPresent() == present)
                .toList();
        if (!rows.isEmpty()) {
            jdbc.sql(sql)
                    .param(rows.stream().map(row -> row.key().id()).toArray(Long[]::new))
                    .param(rows.stream().map(row -> row.key().member()).toArray(Long[]::new))
                    .param(rows.stream().map(row -> row.text().orElse("")).toArray(String[]::new))
                    .update();
        }
    }
}
