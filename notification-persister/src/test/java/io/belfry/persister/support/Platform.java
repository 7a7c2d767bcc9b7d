package io.belfry.persister.support;

import io.belfry.events.EventId;
import io.belfry.events.platform.CourseMember;
import io.belfry.events.platform.CourseMember.Role;
import io.belfry.events.platform.PlatformCourse;
import io.belfry.events.platform.PlatformUser;
import io.belfry.events.wire.EventType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.RecordMetadata;

/** The platform, telling of its people. */
public final class Platform {

    private final Installation installation;

    public Platform(Installation installation) {
        this.installation = installation;
    }

    public void user(long id, String name) {
        send(installation.topics().users(), Long.toString(id), EventType.PLATFORM_USER, new PlatformUser(id, name));
    }

    public void course(long id, String title) {
        send(
                installation.topics().courses(),
                Long.toString(id),
                EventType.PLATFORM_COURSE,
                new PlatformCourse(id, title));
    }

    public void member(long course, long user, Role role) {
        Installation.acknowledged(sendMember(course, user, role));
    }

    public void students(long course, List<Long> users) {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        users.forEach(user -> sent.add(sendMember(course, user, Role.STUDENT)));
        sent.forEach(Installation::acknowledged);
    }

    /** Deletes what has this key. */
    public void tombstone(String topic, String key) {
        installation.send(topic, key, null, Map.of());
    }

    private Future<RecordMetadata> sendMember(long course, long user, Role role) {
        CourseMember member = new CourseMember(course, user, role);
        return installation
                .producer()
                .send(installation.record(
                        installation.topics().members(), member.key(), newId(), EventType.COURSE_MEMBER, member));
    }

    private <T> void send(String topic, String key, EventType<T> type, T data) {
        Installation.acknowledged(installation.producer().send(installation.record(topic, key, newId(), type, data)));
    }

    private static EventId newId() {
        return new EventId("/platform", UUID.randomUUID().toString());
    }
}
