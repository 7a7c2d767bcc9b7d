package io.belfry.gateway.delivery;

import io.belfry.events.InboxChanged;
import io.belfry.events.NotificationStored;
import io.belfry.events.NotificationStored.Recipient;
import io.belfry.events.names.Topics;
import io.belfry.events.wire.Event;
import io.belfry.events.wire.EventCodec;
import io.belfry.events.wire.EventType;
import io.belfry.events.wire.PoisonException;
import io.belfry.gateway.connection.ConnectionShard.OutgoingEvent;
import io.belfry.gateway.ops.GatewayMetrics;
import io.belfry.gateway.protocol.SharedFrame;
import io.belfry.runtime.tracing.LoggedTrace;
import io.belfry.runtime.tracing.Step;
import io.belfry.runtime.tracing.Tracing;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records into deliveries: each event's frame is encoded here, once. A record that cannot be read is counted, logged
 * and left out; its neighbours go on.
 */
final class EventDecoder {

    private static final Logger LOG = LoggerFactory.getLogger(EventDecoder.class);

    private final Topics topics;
    private final GatewayMetrics metrics;
    private final Tracing tracing;
    private final EventCodec codec = new EventCodec();

    EventDecoder(Topics topics, GatewayMetrics metrics, Tracing tracing) {
        this.topics = topics;
        this.metrics = metrics;
        this.tracing = tracing;
    }

    /** @param erased hears of people who are erased, who are in no delivery */
    List<OutgoingEvent> decode(Iterable<ConsumerRecord<byte[], byte[]>> records, LongConsumer erased) {
        List<OutgoingEvent> deliveries = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> each : records) {
            try {
                if (each.topic().equals(topics.erasures())) {
                    erased.accept(
                            codec.decode(each, EventType.USER_ERASED).data().user());
                } else {
                    deliveries.add(each.topic().equals(topics.stored()) ? stored(each) : changed(each));
                }
            } catch (RuntimeException e) { // whatever one record does, the others are delivered
                metrics.undecodableEvent();
                String why = e instanceof PoisonException poison ? poison.code() + ": " + e.getMessage() : e.toString();
                LoggedTrace.of(
                        each,
                        () -> LOG.warn(
                                "{}-{}@{} cannot be read: {}", each.topic(), each.partition(), each.offset(), why));
            }
        }
        return deliveries;
    }

    private OutgoingEvent stored(ConsumerRecord<byte[], byte[]> each) {
        Event<NotificationStored> event = codec.decode(each, EventType.NOTIFICATION_STORED);
        return new OutgoingEvent(
                SharedFrame.of(event.data()),
                event.data().epoch(),
                event.data().recipients(),
                event.time(),
                step(each, event));
    }

    private OutgoingEvent changed(ConsumerRecord<byte[], byte[]> each) {
        Event<InboxChanged> event = codec.decode(each, EventType.INBOX_CHANGED);
        InboxChanged change = event.data();
        return new OutgoingEvent(
                SharedFrame.of(change),
                change.epoch(),
                List.of(new Recipient(change.user(), change.seq(), change.unread())),
                event.time(),
                step(each, event));
    }

    /** Of a trace that came with it: this is no place to begin one. */
    private Step step(ConsumerRecord<byte[], byte[]> each, Event<?> event) {
        return (event.traceparent() == null ? Tracing.off() : tracing).process(each.topic(), event.traceparent());
    }
}
