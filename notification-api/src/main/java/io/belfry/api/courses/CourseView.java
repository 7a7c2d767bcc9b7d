package io.belfry.api.courses;

import org.jspecify.annotations.Nullable;

/**
 * A course as the caller sees it.
 *
 * @param role the caller's in it: student, instructor, or null for an admin who is no member
 * @param students enrolled now
 * @param online how many of them have a socket open; null for students, and when it is not known
 */
record CourseView(
        long id,
        String title,
        @Nullable String role,
        int students,
        @Nullable Integer online) {

    /** Null for an empty page. */
    static @Nullable CourseView of(Directory.ListedCourse read) {
        Directory.CourseRow course = read.course();
        return course == null
                ? null
                : new CourseView(course.id, course.title, read.role(), (int) read.students(), null);
    }

    CourseView withOnline(@Nullable Integer count) {
        return new CourseView(id, title, role, students, count);
    }
}
