package io.belfry.api.courses;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import io.belfry.access.Caller;
import io.belfry.access.Caller.Role;
import io.belfry.api.access.AuditLog;
import io.belfry.api.courses.Directory.Enrolled;
import io.belfry.api.courses.Directory.ListedCourse;
import io.belfry.api.courses.Directory.Unread;
import io.belfry.api.http.PublicUrls;
import io.belfry.api.http.ResourceId;
import io.belfry.api.paging.KeysetSlice;
import io.belfry.api.paging.Page;
import io.belfry.api.paging.PageRequest;
import io.belfry.api.problem.ProblemException;
import io.belfry.api.sessions.Presence;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Courses; instructors and admins also see how many of the students are online. */
@RestController
@RequestMapping(path = CourseController.PATH, produces = MediaType.APPLICATION_JSON_VALUE)
final class CourseController {

    static final String PATH = "/api/courses";

    private final CourseRepository courses;
    private final Presence presence;
    private final PublicUrls urls;
    private final AuditLog audit;

    CourseController(CourseRepository courses, Presence presence, PublicUrls urls, AuditLog audit) {
        this.courses = courses;
        this.presence = presence;
        this.urls = urls;
        this.audit = audit;
    }

    @GetMapping
    Page<CourseView> list(@AuthenticationPrincipal Caller caller, PageRequest request) {
        KeysetSlice slice = new KeysetSlice(request, false, "courses of " + caller.subject());
        Long user = caller.userId();
        boolean all = caller.is(Role.ADMIN);
        List<ListedCourse> read = slice.read(
                (above, below, rows, skip) -> courses.ascending(user, all, above, below, rows, skip),
                (above, below, rows, skip) -> courses.descending(user, all, above, below, rows, skip));
        Page<CourseView> page = slice.page(
                read.get(0).count(),
                read.stream().map(CourseView::of).filter(Objects::nonNull).toList(),
                CourseView::id,
                cursor -> urls.page(PATH + "/", Map.of(), request.size(), cursor));
        if (all) {
            audit.write(caller, "read", "courses");
        }
        return new Page<>(
                page.count(), page.next(), page.previous(), withOnline(caller, withUnread(caller, page.results())));
    }

    @GetMapping("/{id}")
    CourseView one(@AuthenticationPrincipal Caller caller, @PathVariable ResourceId id) {
        CourseView course = courses.one(caller.userId(), caller.is(Role.ADMIN), id.value())
                .map(CourseView::of)
                .orElseThrow(ProblemException::notFound);
        if (course.role() == null) {
            audit.write(caller, "read", "course:" + course.id());
        }
        return withOnline(caller, withUnread(caller, List.of(course))).get(0);
    }

    private List<CourseView> withUnread(Caller caller, List<CourseView> shown) {
        Long user = caller.userId();
        if (user == null || shown.isEmpty()) {
            return shown;
        }
        Map<Long, Long> unread = courses
                .unread(user, shown.stream().map(CourseView::id).toList())
                .stream()
                .collect(toMap(Unread::courseId, Unread::count));
        return shown.stream()
                .map(course -> course.withUnread(unread.getOrDefault(course.id(), 0L)))
                .toList();
    }

    private List<CourseView> withOnline(Caller caller, List<CourseView> shown) {
        List<Long> led = shown.stream()
                .filter(course -> seesOnline(caller, course))
                .map(CourseView::id)
                .toList();
        if (led.isEmpty()) {
            return shown;
        }
        Map<Long, Set<Long>> students = courses.findByCourseIdInAndRole(led, CourseAccess.STUDENT).stream()
                .collect(groupingBy(Enrolled::courseId, mapping(Enrolled::userId, toSet())));
        Optional<Set<Long>> online =
                presence.online(students.values().stream().flatMap(Set::stream).collect(toSet()));
        return shown.stream()
                .map(course -> led.contains(course.id()) && online.isPresent()
                        ? course.withOnline(common(students.getOrDefault(course.id(), Set.of()), online.get()))
                        : course)
                .toList();
    }

    private static boolean seesOnline(Caller caller, CourseView course) {
        return caller.is(Role.ADMIN) || CourseAccess.INSTRUCTOR.equals(course.role());
    }

    private static int common(Set<Long> students, Set<Long> online) {
        return (int) students.stream().filter(online::contains).count();
    }

    /**
     * A course as the caller sees it.
     *
     * @param role the caller's in it: student, instructor, or null for an admin who is no member
     * @param students enrolled now
     * @param unread of the course in the caller's own inbox
     * @param online how many of them have a socket open; null for students, and when it is not known
     */
    record CourseView(
            long id,
            String title,
            @Nullable String role,
            int students,
            long unread,
            @Nullable Integer online) {

        /** Null for an empty page. */
        static @Nullable CourseView of(Directory.ListedCourse read) {
            Directory.CourseRow course = read.course();
            return course == null
                    ? null
                    : new CourseView(course.id, course.title, read.role(), (int) read.students(), 0, null);
        }

        CourseView withOnline(@Nullable Integer count) {
            return new CourseView(id, title, role, students, unread, count);
        }

        CourseView withUnread(long count) {
            return new CourseView(id, title, role, students, count, online);
        }
    }
}
