package io.belfry.api.courses;

import io.belfry.access.Caller;
import io.belfry.access.Caller.Role;
import io.belfry.api.problem.ProblemCode;
import io.belfry.api.problem.ProblemException;
import io.belfry.events.platform.CourseMember;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Who may send to a course, and how many that reaches. Safe for use by many threads. */
@Component
public final class CourseAccess {

    static final String STUDENT = CourseMember.Role.STUDENT.wireName();
    static final String INSTRUCTOR = CourseMember.Role.INSTRUCTOR.wireName();

    private final CourseRepository courses;
    private final JdbcClient sql;

    CourseAccess(CourseRepository courses, JdbcClient sql) {
        this.courses = courses;
        this.sql = sql;
    }

    /**
     * Lets those send to a course who instruct it, and admins.
     *
     * @return the students enrolled now
     * @throws ProblemException 404 for a course that is not in the directory, 403 for every other caller
     */
    public int studentsFor(Caller sender, long course) {
        Course audience = sql.sql("""
                        SELECT m.role, coalesce(s.students, 0) AS students
                          FROM course c LEFT JOIN course_member m ON m.course_id = c.id AND m.user_id = CAST(? AS bigint)
                                        LEFT JOIN course_size s ON s.course_id = c.id
                         WHERE c.id = ?
                        """)
                .param(sender.userId())
                .param(course)
                .query((row, number) -> new Course(row.getString("role"), row.getInt("students")))
                .optional()
                .orElseThrow(ProblemException::notFound);
        if (!INSTRUCTOR.equals(audience.role()) && !sender.is(Role.ADMIN)) {
            throw new ProblemException(ProblemCode.FORBIDDEN, "Only its instructors may send to a course");
        }
        return audience.students();
    }

    private record Course(@Nullable String role, int students) {}

    /** Whether the caller instructs the course. */
    public boolean instructs(Caller caller, long course) {
        Long user = caller.userId();
        return user != null && courses.existsByCourseIdAndUserIdAndRole(course, user, INSTRUCTOR);
    }

    /** Whether there are courses that the caller may send to. */
    public boolean maySend(Caller caller) {
        Long user = caller.userId();
        return caller.is(Role.ADMIN) || (user != null && courses.existsByUserIdAndRole(user, INSTRUCTOR));
    }

    /** Students enrolled now; none in a course that is not in the directory. */
    public int students(long course) {
        return sql.sql("SELECT students FROM course_size WHERE course_id = ?")
                .param(course)
                .query(Integer.class)
                .optional()
                .orElse(0);
    }
}
