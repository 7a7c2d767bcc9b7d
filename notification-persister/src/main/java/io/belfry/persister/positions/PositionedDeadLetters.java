package io.belfry.persister.positions;

import io.belfry.events.PoisonCode;
import io.belfry.persister.deadletter.DeadLetters;
import io.belfry.persister.kafka.Outbox;
import java.util.HashSet;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Dead letters of records that have to be set aside before their position may pass them. Remembers those of a batch,
 * so that a batch which waits for the database does not leave them at every attempt. Not safe for use by more than one
 * thread.
 */
final class PositionedDeadLetters {

    private record Place(TopicPartition partition, long offset) {}

    private final DeadLetters deadLetters;
    private final Set<Place> sending = new HashSet<>();
    private final Set<Place> acknowledged = new HashSet<>();

    PositionedDeadLetters(DeadLetters deadLetters) {
        this.deadLetters = deadLetters;
    }

    /** A new attempt: what the last one sent without hearing of it is sent again. */
    void begin() {
        sending.clear();
    }

    void send(Outbox outbox, ConsumerRecord<byte[], byte[]> record, PoisonCode code, String detail) {
        Place place = new Place(Positioned.partition(record), record.offset());
        if (!acknowledged.contains(place)) {
            deadLetters.send(outbox, record, code, detail);
            sending.add(place);
        }
    }

    /** Waits for those that are on their way. */
    void await(Outbox outbox) {
        outbox.awaitAll();
        acknowledged.addAll(sending);
        sending.clear();
    }

    /** The batch is done. */
    void forget() {
        sending.clear();
        acknowledged.clear();
    }
}
