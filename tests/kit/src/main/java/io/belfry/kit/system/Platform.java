package io.belfry.kit.system;

import static org.awaitility.Awaitility.await;

import io.belfry.kit.contract.Json;
import io.belfry.kit.http.ApiClient;
import io.belfry.kit.kafka.Events;
import io.belfry.kit.kafka.Events.Draft;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import tools.jackson.databind.JsonNode;

/** The learning platform: makes people and courses known through its three topics, and never uses an id twice. */
public final class Platform {

    private static final String USERS = "platform.users";
    private static final String COURSES = "platform.courses";
    private static final String MEMBERS = "platform.course-members";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Events events;
    private final ApiClient admin;
    private final AtomicLong lastUser = new AtomicLong(100_000);
    private final AtomicLong lastCourse = new AtomicLong(10_000);

    public Platform(Events events, ApiClient admin) {
        this.events = events;
        this.admin = admin;
    }

    /** A course that the system knows with all its people. */
    public record Course(long id, long instructor, List<Long> students) {

        public long student(int index) {
            return students.get(index);
        }

        public String sendPath() {
            return "/api/courses/" + id + "/notify-students/";
        }
    }

    /** A new user id; the directory hears nothing of it. */
    public long newUserId() {
        return lastUser.incrementAndGet();
    }

    public List<Long> newUserIds(int count) {
        return LongStream.range(0, count).map(each -> newUserId()).boxed().toList();
    }

    public long newCourseId() {
        return lastCourse.incrementAndGet();
    }

    /** A course with one instructor and new students; returns when the api shows all of them. */
    public Course newCourse(int students) {
        return newCourse(newUserIds(students));
    }

    public Course newCourse(List<Long> students) {
        Course course = new Course(newCourseId(), newUserId(), students);
        List<Draft> records = new ArrayList<>();
        records.add(user(course.instructor(), "Instructor " + course.instructor()));
        students.forEach(student -> records.add(user(student, "Student " + student)));
        records.add(course(course.id(), "Course " + course.id()));
        records.add(member(course.id(), course.instructor(), "instructor"));
        students.forEach(student -> records.add(member(course.id(), student, "student")));
        events.publishAll(records);
        awaitStudents(course.id(), students.size());
        return course;
    }

    public void publish(Draft... records) {
        events.publishAll(List.of(records));
    }

    public static Draft user(long id, String name) {
        return record(USERS, "belfry.platform.user.v1", String.valueOf(id), Json.object("id", id, "name", name));
    }

    public static Draft course(long id, String title) {
        return record(COURSES, "belfry.platform.course.v1", String.valueOf(id), Json.object("id", id, "title", title));
    }

    public static Draft member(long course, long user, String role) {
        return record(
                MEMBERS,
                "belfry.platform.course-member.v1",
                course + ":" + user,
                Json.object("course", course, "user", user, "role", role));
    }

    public static Draft memberGone(long course, long user) {
        return tombstone(MEMBERS, course + ":" + user);
    }

    private static Draft record(String topic, String type, String key, JsonNode data) {
        return Events.event(topic, type, "/platform", Events.newId(), data).key(key);
    }

    /** No value and no headers, as a compacted topic's deletion is. */
    public static Draft tombstone(String topic, String key) {
        return new Draft(topic, null, null, null, Map.of()).key(key);
    }

    /** Returns when the course has as many students. */
    public void awaitStudents(long course, int students) {
        await("course " + course + " has " + students + " students")
                .atMost(PATIENCE)
                .until(
                        () -> admin.get("/api/courses/" + course + "/"),
                        reply -> reply.status() == 200
                                && reply.body().path("students").asInt(-1) == students);
    }
}
