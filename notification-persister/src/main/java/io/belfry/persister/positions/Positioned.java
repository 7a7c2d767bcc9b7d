package io.belfry.persister.positions;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * A record whose place counts.
 *
 * @param change what it does; null = nothing but move the position, as it is set aside
 */
record Positioned<T>(
        ConsumerRecord<byte[], byte[]> record, @Nullable T change) {

    TopicPartition partition() {
        return partition(record);
    }

    static TopicPartition partition(ConsumerRecord<?, ?> record) {
        return new TopicPartition(record.topic(), record.partition());
    }
}
