package io.belfry.gateway.delivery;

import java.time.Duration;
import java.util.Collection;
import org.apache.kafka.common.Metric;

/**
 * Whether a broker answers, by the consumer's own count of responses: a fetch is answered twice a second even if there is
 * nothing to read. Nothing else tells: a poll without a broker looks like one without records, and the connections to a
 * broker that hangs stay open. Felt by the delivery thread, asked by any.
 */
final class BrokerContact {

    private static final Duration SILENCE = Duration.ofSeconds(5);

    private final Metric responses;
    private double counted;
    private volatile long lastHeard = System.nanoTime() - SILENCE.toNanos();

    /** @param metrics of the consumer */
    BrokerContact(Collection<? extends Metric> metrics) {
        this.responses = metrics.stream()
                .filter(metric -> metric.metricName().group().equals("consumer-metrics")
                        && metric.metricName().name().equals("response-total"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("this consumer does not count responses"));
    }

    /** Called again and again, after whatever may have had an answer. */
    void feel() {
        double total = (Double) responses.metricValue();
        if (total > counted) {
            counted = total;
            lastHeard = System.nanoTime();
        }
    }

    boolean isFelt() {
        return System.nanoTime() - lastHeard < SILENCE.toNanos();
    }
}
