package io.belfry.api.courses;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** The tables of the directory as queries name them; they change by what the platform tells the persister. */
@SuppressWarnings({"NullAway.Init", "unused"}) // Hibernate fills them
final class Directory {

    private Directory() {}

    @Entity(name = "Person")
    @Table(name = "platform_user")
    @Immutable
    static class Person {

        @Id
        private long id;

        private String name;
    }

    @Entity(name = "Course")
    @Immutable
    static class CourseRow {

        @Id
        long id;

        String title;
    }

    @Entity(name = "CourseMember")
    @Immutable
    @IdClass(MemberRow.Key.class)
    static class MemberRow {

        record Key(long courseId, long userId) implements Serializable {}

        @Id
        private long courseId;

        @Id
        private long userId;

        private String role;
    }

    @Entity(name = "CourseSize")
    @Table(name = "course_size")
    @Immutable
    static class SizeRow {

        @Id
        private long courseId;

        private long students;
    }

    /**
     * A course, for a caller.
     *
     * @param count of all that the caller sees
     * @param course null = the page is empty
     * @param role the caller's in it; null = none
     */
    record ListedCourse(
            long count,
            @Nullable CourseRow course,
            @Nullable String role,
            long students) {}

    record Enrolled(long courseId, long userId) {}

    record Unread(long courseId, long count) {}
}
