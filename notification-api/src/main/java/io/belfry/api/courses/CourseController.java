package io.belfry.api.courses;

import io.belfry.access.Caller;
import io.belfry.access.Role;
import io.belfry.api.database.HeadAndRows;
import io.belfry.api.paging.KeysetSlice;
import io.belfry.api.paging.ListAddress;
import io.belfry.api.paging.Page;
import io.belfry.api.paging.PageRequest;
import io.belfry.api.problem.ProblemException;
import io.belfry.api.sessions.Presence;
import io.belfry.api.web.ResourceId;
import io.belfry.events.CourseMember;
import io.swagger.v3.oas.annotations.Operation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
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

    private final CourseReader courses;
    private final Presence presence;
    private final ListAddress addresses;

    CourseController(CourseReader courses, Presence presence, ListAddress addresses) {
        this.courses = courses;
        this.presence = presence;
        this.addresses = addresses;
    }

    @Operation(summary = "One's courses")
    @GetMapping
    Page<CourseView> list(@AuthenticationPrincipal Caller caller, PageRequest request) {
        KeysetSlice slice = new KeysetSlice(request, false, "courses of " + caller.subject());
        HeadAndRows<Long, CourseView> read = courses.list(caller, slice);
        Page<CourseView> page = slice.page(
                read.head(),
                read.rows(),
                CourseView::id,
                cursor -> addresses.of(PATH + "/", Map.of(), request, cursor));
        return new Page<>(page.count(), page.next(), page.previous(), withOnline(caller, page.results()));
    }

    @Operation(summary = "One course")
    @GetMapping("/{id}")
    CourseView one(@AuthenticationPrincipal Caller caller, @PathVariable ResourceId id) {
        CourseView course = courses.one(caller, id.value()).orElseThrow(ProblemException::notFound);
        return withOnline(caller, List.of(course)).get(0);
    }

    private List<CourseView> withOnline(Caller caller, List<CourseView> shown) {
        List<Long> led = shown.stream()
                .filter(course -> seesOnline(caller, course))
                .map(CourseView::id)
                .toList();
        if (led.isEmpty()) {
            return shown;
        }
        Map<Long, Set<Long>> students = courses.students(led);
        Optional<Set<Long>> online =
                presence.online(students.values().stream().flatMap(Set::stream).collect(Collectors.toSet()));
        return shown.stream()
                .map(course -> led.contains(course.id()) && online.isPresent()
                        ? course.withOnline(common(students.getOrDefault(course.id(), Set.of()), online.get()))
                        : course)
                .toList();
    }

    private static boolean seesOnline(Caller caller, CourseView course) {
        return caller.is(Role.ADMIN) || CourseMember.Role.INSTRUCTOR.wireName().equals(course.role());
    }

    private static int common(Set<Long> students, Set<Long> online) {
        return (int) students.stream().filter(online::contains).count();
    }
}
