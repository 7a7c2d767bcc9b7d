package io.belfry.persister.positions;

import io.belfry.events.PoisonException;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What the records of some topics do to the database.
 *
 * @param <T> a record as it was understood
 */
public interface Applier<T> {

    /** @throws PoisonException if it breaks a rule */
    T decode(ConsumerRecord<byte[], byte[]> record);

    /**
     * Applies these in their order, in the transaction that moves their position.
     *
     * @return what is to be sent once it is committed; sends without waiting
     */
    Runnable apply(List<T> changes);
}
