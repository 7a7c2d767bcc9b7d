package io.belfry.persister.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.events.EventId;
import io.belfry.events.LinkHosts;
import io.belfry.events.NotificationRequested;
import io.belfry.events.wire.Event;
import io.belfry.events.wire.EventCodec;
import io.belfry.events.wire.EventType;
import io.belfry.persister.pipeline.Handler.Decoded;
import io.belfry.persister.support.Requests;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

/** Which requests share a transaction. */
class RequestHandlerTest {

    private int offset;
    private final RequestHandler handler =
            new RequestHandler(new EventCodec(), LinkHosts.NONE, null, null, null, () -> true, null);

    @Test
    void takesSmallRequestsTogetherUpToAFullTransaction() {
        assertThat(handler.together(List.of(toUsers(1), toUsers(2), toUsers(3))))
                .isEqualTo(3);
        assertThat(handler.together(List.of(toUsers(600), toUsers(400), toUsers(1))))
                .isEqualTo(2);
    }

    @Test
    void leavesACourseAndALargeAudienceAlone() {
        assertThat(handler.together(List.of(toUsers(1), toCourse(), toUsers(1))))
                .isEqualTo(1);
        assertThat(handler.together(List.of(toCourse(), toUsers(1)))).isEqualTo(1);
        assertThat(handler.together(List.of(toUsers(1), toUsers(1_001)))).isEqualTo(1);
        assertThat(handler.together(List.of(toUsers(1_001), toUsers(1)))).isEqualTo(1);
    }

    @Test
    void meetsAnEventASecondTimeInATransactionOfItsOwn() {
        Decoded<FanoutRequest> twice = toUsers(1);
        assertThat(handler.together(List.of(twice, toUsers(1), twice, toUsers(1))))
                .isEqualTo(2);
    }

    @Test
    void endsWhereItsTextsAreTooMuchAtOnce() {
        Decoded<FanoutRequest> large = request(Requests.toUsers("hello", 1L), 3 * 1024 * 1024);
        assertThat(handler.together(List.of(large, toUsers(1), request(Requests.toUsers("hello", 1L), 1024 * 1024))))
                .isEqualTo(2);
        assertThat(handler.together(Collections.nCopies(1, request(Requests.toUsers("hello", 1L), 5 * 1024 * 1024))))
                .isEqualTo(1);
    }

    private Decoded<FanoutRequest> toUsers(int count) {
        return request(
                Requests.toUsers(
                        "hello", LongStream.rangeClosed(1, count).boxed().toList()),
                100);
    }

    private Decoded<FanoutRequest> toCourse() {
        return request(Requests.toCourse("hello", 1), 100);
    }

    private Decoded<FanoutRequest> request(NotificationRequested data, int bytes) {
        EventId id = new EventId("/tests", "e" + offset);
        ConsumerRecord<byte[], byte[]> record = new ConsumerRecord<>(
                "topic",
                0,
                offset++,
                0,
                TimestampType.CREATE_TIME,
                0,
                bytes,
                new byte[0],
                new byte[0],
                new RecordHeaders(),
                Optional.empty());
        return new Decoded<>(record, FanoutRequest.of(Event.of(id, EventType.NOTIFICATION_REQUESTED, null, data)));
    }
}
