package io.belfry.persister.startup;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.kafka.listener.ListenerUtils;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.kafka.listener.RetryListener;
import org.springframework.util.backoff.BackOffExecution;
import org.springframework.util.backoff.ExponentialBackOff;

/**
 * Has a container come with the same batch again after 1 to 10 s, for as long as it takes, while its consumer goes on
 * polling and stays in its group.
 */
final class PatientErrorHandler extends DefaultErrorHandler {

    static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(PatientErrorHandler.class);

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

    /** Longer than any pause: a thread that reads one partition and fails at another counts as one that fails. */
    private static final Duration FAILS_FOR = LONGEST_PAUSE.plusSeconds(5);

    private static final Duration LOG_EVERY = Duration.ofSeconds(30);

    private final String thread;
    private BackOffExecution pauses = unlimited().start();
    private long failures;
    private long logged;

    /** Of the last poll that threw, by {@link System#nanoTime}; read by other threads. */
    private volatile @Nullable Long lastFailure;

    PatientErrorHandler(String thread) {
        super(unlimited());
        this.thread = thread;
        // No exception is hopeless here: what is, the pipeline has made a dead letter of before.
        setClassifications(Map.of(), true);
        setRetryListeners(new WaitingLog());
        // Or it would commit the whole batch once a retry succeeds, records of the retry queue and all.
        setAckAfterHandle(false);
    }

    /**
     * A poll threw, so that no record is known: one that can not be decompressed, say. The container would poll again at
     * once, thousands of times a second.
     */
    @Override
    public void handleOtherException(
            Exception failure, Consumer<?, ?> consumer, MessageListenerContainer container, boolean batchListener) {
        long now = System.nanoTime();
        if (!isPollFailing()) {
            pauses = unlimited().start();
            failures = 0;
        }
        lastFailure = now;
        failures++;
        if (failures == 1 || now - logged > LOG_EVERY.toNanos()) {
            LOG.error("{} can not read, {} times so far; it tries again", thread, failures, failure);
            logged = now;
        }
        try {
            ListenerUtils.stoppableSleep(container, pauses.nextBackOff());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The broker refuses the account, or what it wants to read; the container says so in the log and waits. */
    void readingRefused() {
        lastFailure = System.nanoTime();
    }

    /** Whether a poll has thrown within the last seconds. For all threads. */
    boolean isPollFailing() {
        Long last = lastFailure;
        return last != null && System.nanoTime() - last < FAILS_FOR.toNanos();
    }

    private static ExponentialBackOff unlimited() {
        ExponentialBackOff backOff = new ExponentialBackOff(FIRST_PAUSE.toMillis(), 2);
        backOff.setMaxInterval(LONGEST_PAUSE.toMillis());
        return backOff;
    }

    /** Says that a batch waits and for what, once an attempt. */
    private static final class WaitingLog implements RetryListener {

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
