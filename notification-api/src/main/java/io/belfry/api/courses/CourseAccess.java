package io.belfry.api.courses;

import io.belfry.access.Caller;
import io.belfry.access.Role;
import io.belfry.api.problem.ProblemCode;
import io.belfry.api.problem.ProblemException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who may send to a course, and how many that reaches. Safe for use by many threads. */
public final class CourseAccess {

    private final JdbcClient sql;

    CourseAccess(JdbcClient sql) {
        this.sql = sql;
    }

    /**
     * Lets those send to a course who instruct it, and admins.
     *
     * @return the students enrolled now
     * @throws ProblemException 404 for a course that nobody knows, 403 for everybody else
     */
    public int studentsFor(Caller sender, long course) {
        Audience audience = sql.sql("""
                        SELECT coalesce(m.role = 'instructor', false) AS instructor,
                               (SELECT count(*) FROM course_member s WHERE s.course_id = c.id AND s.role = 'student') AS students
                          FROM course c LEFT JOIN course_member m ON m.course_id = c.id AND m.user_id = :user
                         WHERE c.id = :course
                        """)
                .param("user", sender.userId())
                .param("course", course)
                .query((row, index) -> new Audience(row.getBoolean("instructor"), row.getInt("students")))
                .optional()
                .orElseThrow(ProblemException::notFound);
        if (!audience.instructed() && !sender.is(Role.ADMIN)) {
            throw new ProblemException(ProblemCode.FORBIDDEN, "Only its instructors may send to a course");
        }
        return audience.students();
    }

    /** @param instructed whether by the sender */
    private record Audience(boolean instructed, int students) {}

    /** Students enrolled now; none in a course that nobody knows. */
    public int students(long course) {
        return sql.sql("SELECT count(*) FROM course_member WHERE course_id = ? AND role = 'student'")
                .param(course)
                .query(Integer.class)
                .single();
    }
}
