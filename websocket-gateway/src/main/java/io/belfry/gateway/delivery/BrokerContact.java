package io.belfry.gateway.delivery;

import io.belfry.gateway.ops.GatewayMetrics;
import java.time.Duration;
import java.util.Collection;
import org.apache.kafka.common.Metric;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a broker answers and what it answers can be read. It answers by the consumer's own count of responses: a fetch is
 * answered every two seconds even if there is nothing to read. Nothing else tells: a poll without a broker looks like one
 * without records, and the connections to a broker that hangs stay open. A poll throws if records can not be unpacked, say,
 * and comes to the same ones again. Noted by the delivery thread, asked by any.
 */
final class BrokerContact {

    private static final Logger LOG = LoggerFactory.getLogger(BrokerContact.class);

    private static final Duration SILENCE = Duration.ofSeconds(5);
    private static final Duration LOG_EVERY = Duration.ofSeconds(30);

    private final Metric responses;
    private final GatewayMetrics metrics;
    private double counted;
    private long logged;
    private volatile long lastHeard = System.nanoTime() - SILENCE.toNanos();

    /** The first of the polls that have thrown without one between that did not. */
    private volatile @Nullable Long failingSince;

    BrokerContact(Collection<? extends Metric> ofConsumer, GatewayMetrics metrics) {
        this.metrics = metrics;
        this.responses = ofConsumer.stream()
                .filter(metric -> metric.metricName().group().equals("consumer-metrics")
                        && metric.metricName().name().equals("response-total"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("this consumer does not count responses"));
    }

    /** Called again and again, after whatever may have had an answer. */
    void note() {
        double total = (Double) responses.metricValue();
        if (total > counted) {
            counted = total;
            lastHeard = System.nanoTime();
        }
    }

    boolean isInContact() {
        return System.nanoTime() - lastHeard < SILENCE.toNanos();
    }

    void pollSucceeded() {
        failingSince = null;
    }

    void pollFailed(RuntimeException failure) {
        long now = System.nanoTime();
        metrics.pollFailed();
        if (failingSince == null || now - logged > LOG_EVERY.toNanos()) {
            LOG.error("Kafka cannot be read; tried again every second", failure);
            logged = now;
        }
        if (failingSince == null) {
            failingSince = now;
        }
    }

    /** Whether every poll of the last 5 s has thrown. */
    boolean isUnreadable() {
        Long since = failingSince;
        return since != null && System.nanoTime() - since >= SILENCE.toNanos();
    }
}
