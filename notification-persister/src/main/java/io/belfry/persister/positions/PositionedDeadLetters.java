package io.belfry.persister.positions;

import io.belfry.events.PoisonCode;
import io.belfry.persister.deadletter.DeadLetter;
import io.belfry.persister.deadletter.DeadLetters;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * Dead letters of records that have to be set aside before their position may pass them. Remembers those of a batch,
 * so that a batch which waits for the database does not leave them at every attempt. Not safe for use by more than one
 * thread.
 */
final class PositionedDeadLetters {

    private record Place(TopicPartition partition, long offset) {

        static Place of(ConsumerRecord<?, ?> record) {
            return new Place(Positioned.partition(record), record.offset());
        }
    }

    private final DeadLetters deadLetters;
    private final List<DeadLetter> due = new ArrayList<>();
    private final Set<Place> written = new HashSet<>();

    /** How many their topics did not take at the last attempt; read by all threads. */
    private volatile int waiting;

    PositionedDeadLetters(DeadLetters deadLetters) {
        this.deadLetters = deadLetters;
        deadLetters.watch(() -> waiting);
    }

    /** A new attempt. */
    void begin() {
        due.clear();
    }

    void add(ConsumerRecord<byte[], byte[]> record, PoisonCode code, String detail) {
        if (!written.contains(Place.of(record))) {
            due.add(new DeadLetter(record, code, detail));
        }
    }

    /**
     * Writes those that were added and waits for them.
     *
     * @throws KafkaException if a topic did not take all; what it took is not written again
     */
    void write() {
        List<DeadLetter> refused = deadLetters.write(due);
        due.removeAll(refused);
        due.forEach(letter -> written.add(Place.of(letter.record())));
        due.clear();
        waiting = refused.size();
        if (!refused.isEmpty()) {
            throw new KafkaException("the dead-letter topic does not take " + refused.size() + " records");
        }
    }

    /** The batch is done. */
    void forget() {
        due.clear();
        written.clear();
        waiting = 0;
    }
}
