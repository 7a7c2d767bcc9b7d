package io.belfry.gateway.ops;

import io.belfry.gateway.protocol.CloseCode;
import io.belfry.runtime.kafka.ConsumerLag;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** What this gateway counts; names and units are documented for operators. Safe for use by many threads. */
public final class GatewayMetrics {

    private static final Duration[] BUCKETS = {
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5),
        Duration.ofSeconds(30)
    };

    /** All that an upgrade is refused with. */
    private static final int[] REFUSALS = {400, 401, 403, 404, 405, 414, 421, 426, 431, 503};

    private final MeterRegistry registry;
    private final Clock clock;
    private final Counter framesSent;
    private final Counter slowConsumers;
    private final Counter undecodable;
    private final Counter overAcceptRate;
    private final Counter failedPolls;
    private final Timer endToEnd;
    private final Timer entered;
    private final Timer turnedAway;

    public GatewayMetrics(MeterRegistry registry, Clock clock) {
        this.registry = registry;
        this.clock = clock;
        this.framesSent = counter("frames.sent", "Notification and inbox frames written to sockets");
        this.slowConsumers = counter("slow.readers", "Sockets closed because their clients did not read");
        this.undecodable = counter("undecodable.events", "Records that could not be read and were left out");
        this.overAcceptRate = counter("over.accept.rate", "Handshakes told to come back because too many came at once");
        this.failedPolls = counter("failed.polls", "Polls of Kafka that threw; nothing is delivered while they do");
        this.endToEnd = Timer.builder("belfry.end.to.end")
                .description(
                        "From an event's time to its frames in the sockets' buffers, once per event and event loop")
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
        this.entered = admissions("entered");
        this.turnedAway = admissions("refused");
        // From 0 on: a counter that begins with 1 has not grown, to a reader of figures.
        Arrays.stream(CloseCode.values()).forEach(code -> closes(Integer.toString(code.number())));
        Arrays.stream(REFUSALS).forEach(this::refusals);
    }

    private Timer admissions(String result) {
        return Timer.builder("belfry.gateway.admissions")
                .description("From a token to the session that it opens, or to its refusal")
                .tag("result", result)
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    private Counter closes(String code) {
        return registry.counter("belfry.gateway.closes", "code", code);
    }

    private Counter refusals(int status) {
        return registry.counter("belfry.gateway.refused.upgrades", "status", Integer.toString(status));
    }

    private Counter counter(String name, String description, String... tags) {
        return Counter.builder("belfry.gateway." + name)
                .description(description)
                .tags(tags)
                .register(registry);
    }

    /** Of events, on their way to clients. */
    public void framesSent(int frames) {
        framesSent.increment(frames);
    }

    /** An event has gone to sockets of an event loop. */
    public void delivered(@Nullable Instant eventTime) {
        if (eventTime != null) {
            endToEnd.record(Duration.between(eventTime, clock.instant()));
        }
    }

    public void slowConsumer() {
        slowConsumers.increment();
    }

    public void overAcceptRate() {
        overAcceptRate.increment();
    }

    public void pollFailed() {
        failedPolls.increment();
    }

    public void undecodableEvent() {
        undecodable.increment();
    }

    /** @param code of the close frame that ended a socket, 1006 if there was none */
    public void closed(int code) {
        closes(bounded(code)).increment();
    }

    /** @param began {@link System#nanoTime} of when its token was offered */
    public void admitted(long began, boolean let) {
        (let ? entered : turnedAway).record(System.nanoTime() - began, TimeUnit.NANOSECONDS);
    }

    /** @param status that an upgrade was refused with */
    public void refused(int status) {
        refusals(status).increment();
    }

    /** Clients may send any code; the label must not grow with them. */
    private static String bounded(int code) {
        return CloseCode.of(code).isPresent() ? Integer.toString(code) : "other";
    }

    /** How far delivery is behind. */
    public ConsumerLag lag() {
        return new ConsumerLag(registry, "belfry.gateway.lag", clock);
    }

    /** A figure that is looked up at every scrape. */
    public <T> void gauge(String name, String description, T source, ToDoubleFunction<T> value) {
        Gauge.builder(name, source, value)
                .description(description)
                .strongReference(true)
                .register(registry);
    }
}
