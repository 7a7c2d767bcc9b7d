package io.belfry.persister.pipeline;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Where partitions are read on: in Kafka, or in the database beside the effect of their records. */
interface Positions {

    /** Of a batch, the records that are to be handled now. May seek. */
    List<ConsumerRecord<byte[], byte[]>> fresh(List<ConsumerRecord<byte[], byte[]>> batch, Consumer<?, ?> consumer);

    /** @param done the next offset of each partition: all below is stored and announced, a dead letter, or queued */
    void commit(Map<TopicPartition, Long> done, Consumer<?, ?> consumer);

    void assigned(Collection<TopicPartition> partitions);

    void released(Collection<TopicPartition> partitions);

    void clear();
}
