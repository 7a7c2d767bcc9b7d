package io.belfry.persister.kafka;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.kafka.listener.RetryListener;

/** Says that a listener waits and for what, once an attempt. */
final class WaitingLog implements RetryListener {

    private static final Logger LOG = LoggerFactory.getLogger(WaitingLog.class);

    @Override
    public void failedDelivery(ConsumerRecord<?, ?> record, @Nullable Exception failure, int attempt) {
        // Listeners get batches only.
    }

    @Override
    public void failedDelivery(ConsumerRecords<?, ?> records, Exception failure, int attempt) {
        LOG.warn(
                "{} records of {} wait after attempt {}: {}",
                records.count(),
                records.partitions(),
                attempt,
                NestedExceptionUtils.getMostSpecificCause(failure).toString());
    }
}
