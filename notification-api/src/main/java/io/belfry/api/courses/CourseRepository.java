package io.belfry.api.courses;

import io.belfry.api.courses.Directory.Enrolled;
import io.belfry.api.courses.Directory.ListedCourse;
import io.belfry.api.courses.Directory.MemberRow;
import io.belfry.api.courses.Directory.Unread;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** Courses, each with the caller's role and its students, and names. A caller without an id is a member of none. */
interface CourseRepository extends Repository<MemberRow, MemberRow.Key> {

    String SEEN = """
            from Course c left join CourseMember m on m.courseId = c.id and m.userId = :user
            where (:all = true or m.role is not null)\s""";

    String STUDENTS = "coalesce((select s.students from CourseSize s where s.courseId = c.id), 0L)";

    String PAGE = "select new io.belfry.api.courses.Directory$ListedCourse(head.count, c, page.role, " + STUDENTS + ")"
            + " from (select count(*) as count " + SEEN + ") head"
            + " left join (select c.id as id, m.role as role " + SEEN + " and c.id > :above and c.id < :below ";

    String SHOWN = " limit :rows offset :skip) page on true left join Course c on c.id = page.id ";

    @Query("select new io.belfry.api.courses.Directory$ListedCourse(1L, c, m.role, " + STUDENTS + ") " + SEEN
            + " and c.id = :course")
    Optional<ListedCourse> one(@Nullable Long user, boolean all, long course);

    /** One row also for an empty page. */
    @Query(PAGE + "order by c.id" + SHOWN + "order by c.id")
    List<ListedCourse> ascending(@Nullable Long user, boolean all, long above, long below, int rows, int skip);

    @Query(PAGE + "order by c.id desc" + SHOWN + "order by c.id desc")
    List<ListedCourse> descending(@Nullable Long user, boolean all, long above, long below, int rows, int skip);

    List<Enrolled> findByCourseIdInAndRole(Collection<Long> courses, String role);

    /** How much of an inbox is unread, of each of these courses that has any. */
    @Query("""
            select new io.belfry.api.courses.Directory$Unread(n.courseId, count(*))
              from InboxEntry e join Notification n on n.id = e.notificationId
             where e.userId = :user and e.readAt is null and e.deletedAt is null and n.courseId in :courses
             group by n.courseId
            """)
    List<Unread> unread(long user, Collection<Long> courses);

    boolean existsByCourseIdAndUserIdAndRole(long course, long user, String role);

    boolean existsByUserIdAndRole(long user, String role);

    @Query("select p.name from Person p where p.id = :user")
    Optional<String> nameOf(long user);
}
