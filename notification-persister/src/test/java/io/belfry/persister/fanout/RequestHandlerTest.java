package io.belfry.persister.fanout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.belfry.events.EventId;
import io.belfry.events.LinkHosts;
import io.belfry.events.NotificationRequested;
import io.belfry.events.wire.Event;
import io.belfry.events.wire.EventCodec;
import io.belfry.events.wire.EventType;
import io.belfry.persister.pipeline.Handler.Decoded;
import io.belfry.persister.support.Requests;
import io.belfry.runtime.tracing.Tracing;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which requests share a transaction. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RequestHandlerTest {

    private static final int MEBIBYTE = 1024 * 1024;

    private int offset;
    private final RequestHandler handler = new RequestHandler(
            new EventCodec(),
            LinkHosts.NONE,
            null,
            null,
            null,
            null,
            RequestHandler.Directory.CAUGHT_UP,
            null,
            Tracing.off());

    private Stream<Arguments> batches() {
        Decoded<FanoutRequest> twice = toUsers(1);
        Decoded<FanoutRequest> large = request(Requests.toUsers("hello", 1L), 3 * MEBIBYTE);
        return Stream.of(
                arguments("small ones", 3, List.of(toUsers(1), toUsers(2), toUsers(3))),
                arguments("a full transaction", 2, List.of(toUsers(600), toUsers(400), toUsers(1))),
                arguments("a course behind others", 1, List.of(toUsers(1), toCourse(), toUsers(1))),
                arguments("a course alone", 1, List.of(toCourse(), toUsers(1))),
                arguments("many users behind others", 1, List.of(toUsers(1), toUsers(1_001))),
                arguments("many users alone", 1, List.of(toUsers(1_001), toUsers(1))),
                arguments("an event a second time", 2, List.of(twice, toUsers(1), twice, toUsers(1))),
                arguments(
                        "texts too large together",
                        2,
                        List.of(large, toUsers(1), request(large.value().data(), MEBIBYTE))),
                arguments(
                        "a text too large alone",
                        1,
                        List.of(request(large.value().data(), 5 * MEBIBYTE))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("batches")
    void takesTogether(String unused, int count, List<Decoded<FanoutRequest>> batch) {
        assertThat(handler.together(batch)).isEqualTo(count);
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
