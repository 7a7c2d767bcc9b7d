package io.belfry.localstack.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.events.names.Topics;
import io.belfry.events.platform.CourseMember;
import io.belfry.events.wire.EventCodec;
import io.belfry.events.wire.PlatformRecords;
import io.belfry.localstack.SharedServers;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DemoSchoolIT {

    private final String bootstrap = SharedServers.get().kafka().bootstrapServers();
    private final Topics topics = new Topics("school" + System.nanoTime() + ".");
    private final PlatformRecords records = new PlatformRecords(new EventCodec());

    @Test
    void publishesAWholeSchoolByTheContractsRules() throws Exception {
        SharedServers.createTopics(bootstrap, topics.platform());

        DemoSchool.publish(bootstrap, topics.prefix());

        Map<Long, String> users = SharedServers.read(topics.users()).stream()
                .map(records::user)
                .collect(Collectors.toMap(
                        PlatformRecords.Entity::id,
                        user -> user.value().orElseThrow().name()));
        assertThat(users)
                .hasSize(34)
                .containsEntry(1L, "Root")
                .containsEntry(2L, "Ines Costa")
                .containsKeys(3L, 4L, 5L, 6L, 101L, 128L);
        assertThat(users.values()).doesNotHaveDuplicates();
        assertThat(SharedServers.read(topics.courses()).stream()
                        .map(records::course)
                        .map(PlatformRecords.Entity::id))
                .containsExactlyInAnyOrder(1L, 2L);
        Map<CourseMember.Role, Long> algebra = SharedServers.read(topics.members()).stream()
                .map(records::member)
                .filter(member -> member.course() == 1)
                .collect(Collectors.groupingBy(member -> member.role().orElseThrow(), Collectors.counting()));
        assertThat(algebra).isEqualTo(Map.of(CourseMember.Role.STUDENT, 30L, CourseMember.Role.INSTRUCTOR, 1L));
        assertThat(DemoSchool.studentsOfFirstCourse()).isEqualTo(30);
    }
}
