package io.belfry.persister.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.events.Event;
import io.belfry.events.EventId;
import io.belfry.events.EventType;
import io.belfry.events.NotificationRequested;
import io.belfry.events.PoisonCode;
import io.belfry.persister.deadletter.DeadLetter;
import io.belfry.persister.fanout.FanoutRequest;
import io.belfry.persister.support.Requests;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class GroupTest {

    private int offset;

    @Test
    void takesSmallRequestsTogetherAndStepsOverPoison() {
        Group group = Group.from(List.of(toUsers(1), poison(), toUsers(2), toUsers(3), poison()), 0);
        assertThat(group.requests()).hasSize(3);
        assertThat(group.end()).isEqualTo(5);
    }

    @Test
    void endsWhereATransactionIsFull() {
        Group group = Group.from(List.of(toUsers(600), toUsers(400), toUsers(1)), 0);
        assertThat(group.requests()).hasSize(2);
        assertThat(group.end()).isEqualTo(2);
    }

    @Test
    void leavesACourseAlone() {
        List<Intake> intakes = List.of(toUsers(1), toCourse(), toUsers(1));
        assertThat(Group.from(intakes, 0).end()).isEqualTo(1);
        Group course = Group.from(intakes, 1);
        assertThat(course.isForCourse()).isTrue();
        assertThat(course.requests()).hasSize(1);
        assertThat(course.end()).isEqualTo(2);
    }

    @Test
    void leavesALargeAudienceAlone() {
        List<Intake> intakes = List.of(toUsers(1), toUsers(1_001), toUsers(1));
        assertThat(Group.from(intakes, 0).end()).isEqualTo(1);
        assertThat(Group.from(intakes, 1).end()).isEqualTo(2);
    }

    @Test
    void meetsAnEventASecondTimeInAGroupOfItsOwn() {
        Intake twice = toUsers(1);
        List<Intake> intakes = List.of(twice, toUsers(1), twice, toUsers(1));
        assertThat(Group.from(intakes, 0).end()).isEqualTo(2);
        assertThat(Group.from(intakes, 2).end()).isEqualTo(4);
    }

    @Test
    void endsWhereItsTextsAreTooMuchAtOnce() {
        List<Intake> intakes = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            intakes.add(request(Requests.toUsers("hello", 1L), 1024 * 1024));
        }
        assertThat(Group.from(intakes, 0).end()).isEqualTo(4);
    }

    private Intake toUsers(int count) {
        return request(
                Requests.toUsers(
                        "hello", LongStream.rangeClosed(1, count).boxed().toList()),
                100);
    }

    private Intake toCourse() {
        return request(Requests.toCourse("hello", 1), 100);
    }

    private Intake request(NotificationRequested data, int bytes) {
        ConsumerRecord<byte[], byte[]> record = record(bytes);
        return new Intake.Request(
                record,
                FanoutRequest.of(Event.of(
                        new EventId("/tests", "e" + record.offset()), EventType.NOTIFICATION_REQUESTED, null, data)));
    }

    private Intake poison() {
        return new Intake.Poison(new DeadLetter(record(1), PoisonCode.NOT_JSON, "no"));
    }

    private ConsumerRecord<byte[], byte[]> record(int bytes) {
        return new ConsumerRecord<>(
                "topic",
                0,
                offset++,
                0,
                org.apache.kafka.common.record.TimestampType.CREATE_TIME,
                0,
                bytes,
                new byte[0],
                new byte[0],
                new org.apache.kafka.common.header.internals.RecordHeaders(),
                java.util.Optional.empty());
    }
}
