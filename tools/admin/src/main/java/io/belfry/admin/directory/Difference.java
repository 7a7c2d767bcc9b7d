package io.belfry.admin.directory;

import io.belfry.admin.Printable;
import io.belfry.events.EventId;
import io.belfry.events.names.Topics;
import io.belfry.events.platform.CourseMember;
import io.belfry.events.platform.CourseMember.Role;
import io.belfry.events.platform.PlatformCourse;
import io.belfry.events.platform.PlatformUser;
import io.belfry.events.wire.Event;
import io.belfry.events.wire.EventCodec;
import io.belfry.events.wire.EventType;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** What has to be written so that the topics say what a file says. */
final class Difference {

    private static final EventCodec CODEC = new EventCodec();

    /** The courses of which more than a tenth of the members leave. */
    record Emptying(long course, int leaving, int members) {}

    /** @param before null = none */
    private record Named<T>(T now, @Nullable String before) {}

    private record Leaving(long course, long user) {

        String key() {
            return course + ":" + user;
        }
    }

    private final List<Named<PlatformUser>> users = new ArrayList<>();
    private final List<Named<PlatformCourse>> courses = new ArrayList<>();
    private final List<Named<CourseMember>> members = new ArrayList<>();
    private final List<Leaving> leaving = new ArrayList<>();
    private final List<Emptying> emptying = new ArrayList<>();

    Difference(School wanted, School now) {
        wanted.users().forEach((id, name) -> {
            String before = now.users().get(id);
            if (!name.equals(before)) {
                users.add(new Named<>(new PlatformUser(id, name), before));
            }
        });
        wanted.courses().forEach((id, title) -> {
            String before = now.courses().get(id);
            if (!title.equals(before)) {
                courses.add(new Named<>(new PlatformCourse(id, title), before));
            }
            compareMembers(id, wanted.membersOf(id), now.membersOf(id));
        });
    }

    private void compareMembers(long course, Map<Long, String> wanted, Map<Long, String> now) {
        wanted.forEach((user, role) -> {
            String before = now.get(user);
            if (!role.equals(before)) {
                members.add(new Named<>(
                        new CourseMember(course, user, Role.valueOf(role.toUpperCase(Locale.ROOT))), before));
            }
        });
        List<Leaving> gone = now.keySet().stream()
                .filter(user -> !wanted.containsKey(user))
                .map(user -> new Leaving(course, user))
                .toList();
        leaving.addAll(gone);
        if (gone.size() * 10L > now.size()) {
            emptying.add(new Emptying(course, gone.size(), now.size()));
        }
    }

    boolean isEmpty() {
        return users.isEmpty() && courses.isEmpty() && members.isEmpty() && leaving.isEmpty();
    }

    List<Emptying> emptying() {
        return emptying;
    }

    /** A line for each. */
    void print(PrintStream out) {
        users.forEach(each -> out.println(
                "user " + each.now().key() + " " + Printable.quoted(each.now().name()) + before(each)));
        courses.forEach(each -> out.println(
                "course " + each.now().key() + " " + Printable.quoted(each.now().title()) + before(each)));
        members.forEach(each -> out.println(
                "member " + each.now().key() + " " + each.now().role().wireName() + before(each)));
        leaving.forEach(each -> out.println("member " + each.key() + " leaves"));
    }

    private static String before(Named<?> changed) {
        return changed.before() == null ? "" : ", was " + Printable.quoted(changed.before());
    }

    /** Whom a course names is known before it, and a course before its members. */
    Stream<ProducerRecord<byte[], byte[]>> records(Topics topics, Instant time) {
        return Stream.of(
                        users.stream()
                                .map(Named::now)
                                .map(user -> record(topics.users(), user.key(), EventType.PLATFORM_USER, user, time)),
                        courses.stream()
                                .map(Named::now)
                                .map(course -> record(
                                        topics.courses(), course.key(), EventType.PLATFORM_COURSE, course, time)),
                        members.stream()
                                .map(Named::now)
                                .map(member ->
                                        record(topics.members(), member.key(), EventType.COURSE_MEMBER, member, time)),
                        leaving.stream()
                                .map(each ->
                                        new ProducerRecord<byte[], byte[]>(topics.members(), bytes(each.key()), null)))
                .flatMap(records -> records);
    }

    private static <T> ProducerRecord<byte[], byte[]> record(
            String topic, String key, EventType<T> type, T data, Instant time) {
        EventId id = new EventId("belfry/admin", UUID.randomUUID().toString());
        return CODEC.encode(topic, bytes(key), null, Event.of(id, type, time, data));
    }

    private static byte[] bytes(String key) {
        return key.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "users: " + users.size() + ", courses: " + courses.size() + ", members: " + members.size()
                + ", leaving: " + leaving.size();
    }
}
