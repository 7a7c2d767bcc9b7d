package io.belfry.persister.metrics;

import io.belfry.events.names.Topics;
import io.belfry.events.wire.PoisonCode;
import io.belfry.runtime.kafka.ConsumerLag;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What this process counts, beside what its libraries do. A request counts once, when its last recipient has it:
 * {@code new + duplicate} is the number of requests committed, dead letters apart. Safe for use by many threads.
 */
public final class PersisterMetrics {

    private final MeterRegistry registry;
    private final Clock clock;
    private final Counter stored;
    private final Counter duplicates;
    private final Counter conflicts;
    private final Counter recipients;
    private final Counter commands;
    private final Timer persist;
    private final List<IntSupplier> deadLettersWaiting = new CopyOnWriteArrayList<>();

    /** @param topics whose dead letters are counted, each from 0 on: what begins with 1 has not grown, to a reader of figures */
    public PersisterMetrics(MeterRegistry registry, Clock clock, Topics topics) {
        this.registry = registry;
        this.clock = clock;
        this.stored = registry.counter("belfry.persisted", "result", "new");
        this.duplicates = registry.counter("belfry.persisted", "result", "duplicate");
        this.conflicts = registry.counter("belfry.event.conflicts");
        this.recipients = registry.counter("belfry.recipients.stored");
        this.commands = registry.counter("belfry.commands.applied");
        this.persist = Timer.builder("belfry.persist")
                .description("from the event's time to the commit with its last recipient")
                .serviceLevelObjectives(
                        Duration.ofMillis(5),
                        Duration.ofMillis(10),
                        Duration.ofMillis(25),
                        Duration.ofMillis(50),
                        Duration.ofMillis(100),
                        Duration.ofMillis(250),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(30),
                        Duration.ofMinutes(5))
                .register(registry);
        topics.consumedByPersister()
                .forEach(topic -> List.of(PoisonCode.values()).forEach(reason -> deadLetters(topic, reason)));
        Gauge.builder("belfry.dead.letters.waiting", deadLettersWaiting, PersisterMetrics::sum)
                .description("records that are to be set aside and whose dead-letter topic does not take them")
                .register(registry);
    }

    /** The last recipient has a request that was not known before. */
    public void stored(@Nullable Instant eventTime) {
        stored.increment();
        if (eventTime != null) {
            Duration age = Duration.between(eventTime, clock.instant());
            persist.record(age.isNegative() ? Duration.ZERO : age);
        }
    }

    public void recipients(int added) {
        recipients.increment(added);
    }

    /** A request came again. */
    public void duplicate() {
        duplicates.increment();
    }

    /** An event came under a name that belongs to another one. */
    public void conflict() {
        conflicts.increment();
    }

    public void commands(int applied) {
        commands.increment(applied);
    }

    public void deadLettered(String topic, PoisonCode reason) {
        deadLetters(topic, reason).increment();
    }

    private Counter deadLetters(String topic, PoisonCode reason) {
        return registry.counter("belfry.dead.letters", "topic", topic, "reason", reason.wireName());
    }

    /** How far a reader of topics is behind. */
    public ConsumerLag lag(String reader) {
        return new ConsumerLag(registry, "belfry.lag", clock, "reader", reader);
    }

    /** @param what entries, contents, requests or audit, which were old enough to go */
    public void removed(String what, long count) {
        registry.counter("belfry.retention.removed", "what", what).increment((double) count);
    }

    /** @param waiting counts those of one thread; called by any */
    public void deadLettersWaiting(IntSupplier waiting) {
        deadLettersWaiting.add(waiting);
    }

    private static int sum(List<IntSupplier> counts) {
        return counts.stream().mapToInt(IntSupplier::getAsInt).sum();
    }
}
