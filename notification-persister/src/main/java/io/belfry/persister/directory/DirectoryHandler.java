package io.belfry.persister.directory;

import io.belfry.events.names.Topics;
import io.belfry.events.platform.PlatformCourse;
import io.belfry.events.platform.PlatformUser;
import io.belfry.events.wire.PlatformRecords;
import io.belfry.events.wire.PlatformRecords.Entity;
import io.belfry.events.wire.PlatformRecords.Membership;
import io.belfry.persister.directory.DirectoryChange.CourseChange;
import io.belfry.persister.directory.DirectoryChange.MemberChange;
import io.belfry.persister.directory.DirectoryChange.UserChange;
import io.belfry.persister.pipeline.AppliedOnce.Applier;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Makes the directory what the platform's topics say, whatever order the three come in: of each key the last record
 * counts, and none refers to another.
 */
public final class DirectoryHandler implements Applier<DirectoryChange> {

    private record MemberKey(long course, long user) {}

    private final PlatformRecords records;
    private final Topics topics;
    private final DirectoryTables tables;

    public DirectoryHandler(PlatformRecords records, Topics topics, JdbcClient jdbc) {
        this.records = records;
        this.topics = topics;
        this.tables = new DirectoryTables(jdbc);
    }

    @Override
    public DirectoryChange decode(ConsumerRecord<byte[], byte[]> record) {
        if (record.topic().equals(topics.users())) {
            return new UserChange(records.user(record));
        }
        if (record.topic().equals(topics.courses())) {
            return new CourseChange(records.course(record));
        }
        return new MemberChange(records.member(record));
    }

    @Override
    public Runnable apply(List<DirectoryChange> changes) {
        Map<Long, Entity<PlatformUser>> users = new LinkedHashMap<>();
        Map<Long, Entity<PlatformCourse>> courses = new LinkedHashMap<>();
        Map<MemberKey, Membership> members = new LinkedHashMap<>();
        for (DirectoryChange change : changes) {
            if (change instanceof UserChange user) {
                users.put(user.user().id(), user.user());
            } else if (change instanceof CourseChange course) {
                courses.put(course.course().id(), course.course());
            } else if (change instanceof MemberChange member) {
                members.put(
                        new MemberKey(member.member().course(), member.member().user()), member.member());
            }
        }
        tables.users(List.copyOf(users.values()));
        tables.courses(List.copyOf(courses.values()));
        tables.members(List.copyOf(members.values()));
        return () -> {};
    }
}
