package io.belfry.runtime.kafka;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * How far a reader of Kafka is behind, as two gauges: {@code <name>.records}, those that it has not read yet, and
 * {@code <name>.seconds}, the age of the oldest that it has read and not done, by the record's time; 0 if it is behind with
 * none. Told by the reader's thread, asked by any.
 */
public final class ConsumerLag {

    private final Clock clock;
    private volatile long records;
    private volatile long oldest;
    private volatile boolean behind;

    public ConsumerLag(MeterRegistry registry, String name, Clock clock, String... tags) {
        this.clock = clock;
        this.oldest = clock.millis();
        Gauge.builder(name + ".records", this, lag -> lag.records)
                .description("Records that are not read yet")
                .tags(tags)
                .strongReference(true)
                .register(registry);
        Gauge.builder(name + ".seconds", this, ConsumerLag::seconds)
                .description("Age of the oldest record that is read and not done")
                .tags(tags)
                .strongReference(true)
                .register(registry);
    }

    /** The reader has these in hand, and no earlier one. */
    public void read(Iterable<? extends ConsumerRecord<?, ?>> batch, Consumer<?, ?> consumer) {
        records = unread(consumer);
        long first = Long.MAX_VALUE;
        for (ConsumerRecord<?, ?> record : batch) {
            // A record for which there was no memory has no time.
            first = Math.min(first, record.timestamp() < 0 ? clock.millis() : record.timestamp());
        }
        if (first < Long.MAX_VALUE) {
            oldest = first;
            behind = true;
        }
    }

    /**
     * What was in hand is done. While there are more to be read, the last ones' age goes on to count.
     *
     * @param waiting the time of the oldest record that is tried again later, in milliseconds since 1970
     */
    public void done(Consumer<?, ?> consumer, OptionalLong waiting) {
        records = unread(consumer);
        waiting.ifPresent(since -> oldest = since);
        behind = records > 0 || waiting.isPresent();
    }

    /** As far as the brokers' last answers told. */
    private static long unread(Consumer<?, ?> consumer) {
        return consumer.assignment().stream()
                .mapToLong(partition -> consumer.currentLag(partition).orElse(0))
                .sum();
    }

    private double seconds() {
        return behind ? Math.max(0, clock.millis() - oldest) / 1_000.0 : 0;
    }
}
