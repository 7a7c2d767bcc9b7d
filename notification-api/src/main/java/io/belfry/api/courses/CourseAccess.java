package io.belfry.api.courses;

import io.belfry.access.Caller;
import io.belfry.access.Role;
import io.belfry.api.problem.ProblemCode;
import io.belfry.api.problem.ProblemException;
import io.belfry.events.CourseMember;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who may send to a course, and how many that reaches. Safe for use by many threads. */
public final class CourseAccess {

    private final JdbcClient sql;

    CourseAccess(JdbcClient sql) {
        this.sql = sql;
    }

    /** @throws ProblemException 404 for a course that nobody knows, 403 for callers who neither instruct it nor are admins */
    public void requireSender(Caller caller, long course) {
        Optional<String> role = sql.sql("""
                        SELECT coalesce(m.role, '') FROM course c
                          LEFT JOIN course_member m ON m.course_id = c.id AND m.user_id = :user
                         WHERE c.id = :course
                        """)
                .param("user", caller.userId())
                .param("course", course)
                .query(String.class)
                .optional();
        if (role.isEmpty()) {
            throw ProblemException.notFound();
        }
        boolean instructor = role.get().equals(CourseMember.Role.INSTRUCTOR.wireName());
        if (!instructor && !caller.is(Role.ADMIN)) {
            throw new ProblemException(ProblemCode.FORBIDDEN, "Only its instructors may send to a course");
        }
    }

    /** Students enrolled now. */
    public int students(long course) {
        return sql.sql("SELECT count(*) FROM course_member WHERE course_id = ? AND role = 'student'")
                .param(course)
                .query(Integer.class)
                .single();
    }
}
