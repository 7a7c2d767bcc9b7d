package io.belfry.persister.pipeline;

import io.belfry.events.wire.PoisonCode;
import io.belfry.events.wire.PoisonException;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * What the records of some topics do. One thread calls it.
 *
 * @param <T> what a record says
 */
public interface Handler<T> {

    /** A record and what it says. */
    record Decoded<T>(ConsumerRecord<byte[], byte[]> record, T value) {}

    /** A record that breaks a rule, and which. The detail names fields, never their values. */
    record Poison(ConsumerRecord<byte[], byte[]> record, PoisonCode code, String detail) {}

    /** A record that there was no memory for: where it is, and nothing of what it says. */
    final class Unread extends ConsumerRecord<byte[], byte[]> {

        public Unread(String topic, int partition, long offset) {
            super(topic, partition, offset, null, null);
        }
    }

    /** How far a call of {@link #store} came. */
    enum Progress {
        DONE,
        /** A part of one record is stored. Each further call stores another; meanwhile others may overtake it. */
        BEGUN,
        /** Nothing is: all of them come again, and nothing may overtake them. */
        WAITS
    }

    /** @throws PoisonException if it breaks a rule */
    T decode(ConsumerRecord<byte[], byte[]> record);

    /** How many of these, from the first on, one call of {@link #store} takes; at least one. */
    default int together(List<Decoded<T>> records) {
        return records.size();
    }

    /**
     * Commits what these do to the database, then hands over what is to be announced. Repeating it does no harm.
     *
     * @param slice that this is a part of
     * @throws PoisonException if it is one record, and it breaks a rule that only the database can check
     */
    Progress store(List<Decoded<T>> records, Slice slice);

    /** Called before a record becomes a dead letter, perhaps more than once. */
    default void rejected(Poison poison) {}

    static TopicPartition partition(ConsumerRecord<?, ?> record) {
        return new TopicPartition(record.topic(), record.partition());
    }

    /** For logs: where a record is, never what it says. */
    static String place(ConsumerRecord<?, ?> record) {
        return record.topic() + "-" + record.partition() + "@" + record.offset();
    }
}
