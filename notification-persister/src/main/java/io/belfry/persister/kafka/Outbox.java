package io.belfry.persister.kafka;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;

/**
 * What one listener has sent and not yet been told to be safe. Sending overlaps with whatever the listener does next;
 * it awaits all of it before it lets go of what caused it. Not safe for use by more than one thread; the producer is
 * shared.
 */
public final class Outbox {

    private final Supplier<Producer<byte[], byte[]>> producer;
    private final List<Future<RecordMetadata>> pending = new ArrayList<>();

    public Outbox(Supplier<Producer<byte[], byte[]>> producer) {
        this.producer = producer;
    }

    /** @throws KafkaException if the broker has been out of reach for seconds */
    public void send(ProducerRecord<byte[], byte[]> event) {
        pending.add(producer.get().send(event));
    }

    /** How many partitions a topic has, as the producer last heard. */
    public int partitions(String topic) {
        return producer.get().partitionsFor(topic).size();
    }

    /**
     * Waits until every in-sync replica has everything sent so far; a few seconds at most, as the producer gives up
     * then.
     *
     * @throws KafkaException if that is not known of one of them; none is waited for any longer
     */
    public void awaitAll() {
        try {
            for (Future<RecordMetadata> acknowledgement : pending) {
                acknowledgement.get();
            }
        } catch (ExecutionException e) {
            throw new KafkaException("not acknowledged", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while waiting for an acknowledgement", e);
        } finally {
            pending.clear();
        }
    }

    /** Forgets what an earlier attempt sent; whoever sent it does it all again. */
    public void forget() {
        pending.clear();
    }
}
