package io.belfry.api.courses;

import io.belfry.access.Caller;
import io.belfry.access.Role;
import io.belfry.api.database.HeadAndRows;
import io.belfry.api.paging.KeysetSlice;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Courses of a caller: where they are a member; for an admin all. */
final class CourseReader {

    private static final String VISIBLE = """
            visible AS (
                SELECT c.id, c.title, m.role
                  FROM course c LEFT JOIN course_member m ON m.course_id = c.id AND m.user_id = :user
                 WHERE m.role IS NOT NULL OR :all)
            """;

    private static final String COLUMNS = """
            id, title, role,
            (SELECT count(*) FROM course_member s WHERE s.course_id = id AND s.role = 'student') AS students""";

    private final JdbcClient sql;

    CourseReader(JdbcClient sql) {
        this.sql = sql;
    }

    Optional<CourseView> one(Caller caller, long course) {
        return visible(caller, "SELECT " + COLUMNS + " FROM visible WHERE id = :course")
                .param("course", course)
                .query(CourseReader::view)
                .optional();
    }

    /** By id, with the count of all. */
    HeadAndRows<Long, CourseView> list(Caller caller, KeysetSlice slice) {
        String statement = """
                SELECT head.count, listed.*
                  FROM (SELECT count(*) AS count FROM visible) AS head
                  LEFT JOIN (SELECT %s FROM visible WHERE %s %s) AS listed ON true
                """.formatted(COLUMNS, slice.where("id"), slice.orderBy("id"));
        return visible(caller, statement + slice.order("listed.id"))
                .params(slice.parameters())
                .query(HeadAndRows.of((row, index) -> row.getLong("count"), "id", CourseReader::view));
    }

    /** The students of each of these courses. */
    Map<Long, Set<Long>> students(List<Long> courses) {
        Map<Long, Set<Long>> students = new HashMap<>();
        sql.sql("SELECT course_id, user_id FROM course_member WHERE course_id = ANY (?) AND role = 'student'")
                .param(courses.toArray(Long[]::new))
                .query(row -> {
                    students.computeIfAbsent(row.getLong("course_id"), course -> new HashSet<>())
                            .add(row.getLong("user_id"));
                });
        return students;
    }

    Optional<String> nameOf(long user) {
        return sql.sql("SELECT name FROM platform_user WHERE id = ?")
                .param(user)
                .query(String.class)
                .optional();
    }

    private JdbcClient.StatementSpec visible(Caller caller, String statement) {
        return sql.sql("WITH " + VISIBLE + statement)
                .param("user", caller.userId())
                .param("all", caller.is(Role.ADMIN));
    }

    private static CourseView view(ResultSet row, int index) throws SQLException {
        return new CourseView(
                row.getLong("id"), row.getString("title"), row.getString("role"), row.getInt("students"), null);
    }
}
