package io.belfry.persister.directory;

import io.belfry.events.platform.CourseMember;
import io.belfry.events.platform.PlatformCourse;
import io.belfry.events.platform.PlatformUser;
import io.belfry.events.wire.PlatformRecords.Entity;
import io.belfry.events.wire.PlatformRecords.Membership;
import java.util.List;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The tables of the directory, many rows a statement; no key may be in a list twice. */
final class DirectoryTables {

    private final JdbcClient jdbc;

    DirectoryTables(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void users(List<Entity<PlatformUser>> users) {
        entities(users, PlatformUser::name, """
                INSERT INTO platform_user (id, name) SELECT * FROM unnest(?::bigint[], ?::text[])
                ON CONFLICT (id) DO UPDATE SET name = excluded.name
                """, "DELETE FROM platform_user WHERE id = ANY (?)");
    }

    void courses(List<Entity<PlatformCourse>> courses) {
        entities(courses, PlatformCourse::title, """
                INSERT INTO course (id, title) SELECT * FROM unnest(?::bigint[], ?::text[])
                ON CONFLICT (id) DO UPDATE SET title = excluded.title
                """, "DELETE FROM course WHERE id = ANY (?)");
    }

    void members(List<Membership> members) {
        List<Membership> present =
                members.stream().filter(member -> member.role().isPresent()).toList();
        List<Membership> gone =
                members.stream().filter(member -> member.role().isEmpty()).toList();
        if (!present.isEmpty()) {
            jdbc.sql("""
                            INSERT INTO course_member (course_id, user_id, role)
                            SELECT * FROM unnest(?::bigint[], ?::bigint[], ?::text[])
                            ON CONFLICT (course_id, user_id) DO UPDATE SET role = excluded.role
                            """)
                    .param(present.stream().map(Membership::course).toArray(Long[]::new))
                    .param(present.stream().map(Membership::user).toArray(Long[]::new))
                    .param(present.stream()
                            .flatMap(member -> member.role().stream())
                            .map(CourseMember.Role::wireName)
                            .toArray(String[]::new))
                    .update();
        }
        if (!gone.isEmpty()) {
            jdbc.sql("""
                            DELETE FROM course_member m USING unnest(?::bigint[], ?::bigint[]) AS g (course, member)
                             WHERE m.course_id = g.course AND m.user_id = g.member
                            """)
                    .param(gone.stream().map(Membership::course).toArray(Long[]::new))
                    .param(gone.stream().map(Membership::user).toArray(Long[]::new))
                    .update();
        }
    }

    private <T> void entities(List<Entity<T>> entities, Function<T, String> text, String upsert, String delete) {
        List<Entity<T>> present =
                entities.stream().filter(entity -> entity.value().isPresent()).toList();
        List<Entity<T>> gone =
                entities.stream().filter(entity -> entity.value().isEmpty()).toList();
        if (!present.isEmpty()) {
            jdbc.sql(upsert)
                    .param(present.stream().map(Entity::id).toArray(Long[]::new))
                    .param(present.stream()
                            .flatMap(entity -> entity.value().stream())
                            .map(text)
                            .toArray(String[]::new))
                    .update();
        }
        if (!gone.isEmpty()) {
            jdbc.sql(delete)
                    .param(gone.stream().map(Entity::id).toArray(Long[]::new))
                    .update();
        }
    }
}
