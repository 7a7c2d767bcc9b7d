package io.belfry.api.courses;

import io.belfry.access.Caller;
import io.belfry.access.Caller.Role;
import io.belfry.api.courses.Directory.ListedCourse;
import io.belfry.api.problem.ProblemCode;
import io.belfry.api.problem.ProblemException;
import io.belfry.events.platform.CourseMember;
import org.springframework.stereotype.Component;

/** Who may send to a course, and how many that reaches. Safe for use by many threads. */
@Component
public final class CourseAccess {

    static final String STUDENT = CourseMember.Role.STUDENT.wireName();
    static final String INSTRUCTOR = CourseMember.Role.INSTRUCTOR.wireName();

    private final CourseRepository courses;

    CourseAccess(CourseRepository courses) {
        this.courses = courses;
    }

    /**
     * Lets those send to a course who instruct it, and admins.
     *
     * @return the students enrolled now
     * @throws ProblemException 404 for a course that is not in the directory, 403 for every other caller
     */
    public int studentsFor(Caller sender, long course) {
        ListedCourse audience = courses.one(sender.userId(), true, course).orElseThrow(ProblemException::notFound);
        if (!INSTRUCTOR.equals(audience.role()) && !sender.is(Role.ADMIN)) {
            throw new ProblemException(ProblemCode.FORBIDDEN, "Only its instructors may send to a course");
        }
        return (int) audience.students();
    }

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
        return courses.countByCourseIdAndRole(course, STUDENT);
    }
}
