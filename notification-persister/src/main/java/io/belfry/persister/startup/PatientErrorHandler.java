package io.belfry.persister.startup;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.kafka.listener.RetryListener;
import org.springframework.util.backoff.ExponentialBackOff;

/**
 * Has a container come with the same batch again after 1 to 10 s, for as long as it takes, while its consumer goes on
 * polling and stays in its group.
 */
final class PatientErrorHandler extends DefaultErrorHandler {

    static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

    PatientErrorHandler() {
        super(unlimited());
        // No exception is hopeless here: what is, the pipeline has made a dead letter of before.
        setClassifications(Map.of(), true);
        setRetryListeners(new WaitingLog());
        // Or it would commit the whole batch once a retry succeeds, records of the retry queue and all.
        setAckAfterHandle(false);
    }

    private static ExponentialBackOff unlimited() {
        ExponentialBackOff backOff = new ExponentialBackOff(FIRST_PAUSE.toMillis(), 2);
        backOff.setMaxInterval(LONGEST_PAUSE.toMillis());
        return backOff;
    }

    /** Says that a batch waits and for what, once an attempt. */
    private static final class WaitingLog implements RetryListener {

        private static final Logger LOG = LoggerFactory.getLogger(WaitingLog.class);

        @Override
        public void failedDelivery(ConsumerRecord<?, ?> record, @Nullable Exception failure, int attempt) {
            // Pipelines get batches only.
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
}
