package io.belfry.api.inbox;

import io.belfry.api.ApiSettings;
import io.belfry.events.EventId;
import io.belfry.events.InboxChanged;
import io.belfry.events.names.UserPartition;
import io.belfry.events.wire.Event;
import io.belfry.events.wire.EventCodec;
import io.belfry.events.wire.EventType;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.stereotype.Component;

/** Tells every gateway that an inbox changed, by {@code inbox.changed}; one change has one event id, whichever part tells it. */
@Component
final class ChangeAnnouncer {

    private static final Logger LOG = LoggerFactory.getLogger(ChangeAnnouncer.class);

    private final KafkaTemplate<byte[], byte[]> kafka;
    private final String topic;
    private final Clock clock;
    private final Counter lost;
    private final EventCodec codec = new EventCodec();

    /** So that the log tells it once, not at each request. */
    private final AtomicBoolean failing = new AtomicBoolean();

    ChangeAnnouncer(
            @Qualifier("changesProducer") KafkaTemplate<byte[], byte[]> kafka,
            ApiSettings settings,
            Clock clock,
            MeterRegistry metrics) {
        this.kafka = kafka;
        this.topic = settings.kafka().topics().changed();
        this.clock = clock;
        this.lost = Counter.builder("belfry.inbox.changes.unannounced")
                .description("Changes of inboxes that Kafka did not take; clients find them by their numbers")
                .register(metrics);
    }

    /**
     * Hands the event on and returns, within 100 ms at the worst; never throws. Call it after the commit and before the
     * answer. An event lost here is a gap in the numbers, which clients find and close by themselves.
     */
    void announce(InboxChanged change) {
        Event<InboxChanged> event =
                Event.of(change.eventId(EventId.OF_API), EventType.INBOX_CHANGED, clock.instant(), change);
        try {
            // Kafka chooses the partition by the key, as UserPartition says.
            var unused = kafka.send(codec.encode(topic, UserPartition.key(change.user()), null, event))
                    .whenComplete((sent, failure) -> {
                        if (failure != null) {
                            lost(failure);
                        } else if (failing.compareAndSet(true, false)) {
                            LOG.info("Changes of inboxes are announced again");
                        }
                    });
        } catch (RuntimeException e) {
            lost(e);
        }
    }

    private void lost(Throwable failure) {
        lost.increment();
        if (failing.compareAndSet(false, true)) {
            LOG.warn("Changes of inboxes are not announced: {}", failure.toString());
        }
    }
}
