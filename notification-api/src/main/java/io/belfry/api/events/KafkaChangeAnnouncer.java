package io.belfry.api.events;

import io.belfry.events.Event;
import io.belfry.events.EventCodec;
import io.belfry.events.EventId;
import io.belfry.events.EventType;
import io.belfry.events.InboxChanged;
import io.belfry.events.UserPartition;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import org.apache.kafka.clients.producer.Producer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** By {@code inbox.changed}; one change has one event id, whoever tells of it. */
final class KafkaChangeAnnouncer implements ChangeAnnouncer, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaChangeAnnouncer.class);

    private final Producer<byte[], byte[]> producer;
    private final String topic;
    private final Clock clock;
    private final Counter lost;
    private final EventCodec codec = new EventCodec();

    KafkaChangeAnnouncer(Producer<byte[], byte[]> producer, String topic, Clock clock, MeterRegistry metrics) {
        this.producer = producer;
        this.topic = topic;
        this.clock = clock;
        this.lost = Counter.builder("belfry.inbox.changes.unannounced")
                .description("Changes of inboxes that Kafka did not take; clients find them by their numbers")
                .register(metrics);
    }

    @Override
    public void announce(InboxChanged change) {
        String id = change.user() + ":" + change.seq() + ":" + change.epoch();
        Event<InboxChanged> event =
                Event.of(new EventId(EventsConfiguration.SOURCE, id), EventType.INBOX_CHANGED, clock.instant(), change);
        try {
            // Kafka chooses the partition by the key, as UserPartition says.
            var unused = producer.send(
                    codec.encode(topic, UserPartition.key(change.user()), null, event), (metadata, failure) -> {
                        if (failure != null) {
                            lost(failure);
                        }
                    });
        } catch (RuntimeException e) {
            lost(e);
        }
    }

    private void lost(Exception failure) {
        lost.increment();
        // Not louder: with Kafka down this is one a request, and its client says so already.
        LOG.debug("a change of an inbox was not announced", failure);
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
    }
}
