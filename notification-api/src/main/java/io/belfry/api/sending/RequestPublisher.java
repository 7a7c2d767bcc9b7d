package io.belfry.api.sending;

import io.belfry.api.ApiSettings;
import io.belfry.api.problem.Problem;
import io.belfry.api.problem.ProblemCode;
import io.belfry.events.EventId;
import io.belfry.events.NotificationRequested;
import io.belfry.events.wire.Event;
import io.belfry.events.wire.EventCodec;
import io.belfry.events.wire.EventType;
import io.belfry.events.wire.NotificationPublisher;
import io.belfry.runtime.tracing.Step;
import io.belfry.runtime.tracing.Tracing;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.dao.DataAccessException;
import org.springframework.kafka.KafkaException;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.stereotype.Component;

/** Publishes requests; says that one is accepted only when every in-sync replica has it. Safe for use by many threads. */
@Component
final class RequestPublisher {

    private static final Logger LOG = LoggerFactory.getLogger(RequestPublisher.class);

    /** The producer gives up before; this bounds what its own bounds add up to. */
    private static final Duration MOST = Duration.ofMillis(2_800);

    private final RequestLedger ledger;
    private final KafkaTemplate<byte[], byte[]> kafka;
    private final String topic;
    private final Clock clock;
    private final Tracing tracing;
    private final Counter accepted;
    private final EventCodec codec = new EventCodec();

    RequestPublisher(
            RequestLedger ledger,
            @Qualifier("requestsProducer") KafkaTemplate<byte[], byte[]> kafka,
            ApiSettings settings,
            Clock clock,
            Tracing tracing,
            MeterRegistry metrics) {
        this.ledger = ledger;
        this.kafka = kafka;
        this.topic = settings.kafka().topics().requested();
        this.clock = clock;
        this.tracing = tracing;
        this.accepted = Counter.builder("belfry.requests.accepted")
                .description("New sends that were answered with 202")
                .register(metrics);
    }

    /**
     * Publishes a submission, unless an equal one with its key was accepted before.
     *
     * @throws io.belfry.api.problem.ProblemException 409, 422 and 429 as {@link RequestLedger#claim}; 503 if it is not
     *     known to be accepted: it may still arrive, once, whatever its caller does
     */
    Receipt publish(Submission submission) {
        RequestLedger.Claim claim = ledger.claim(submission);
        if (!claim.replay()) {
            awaitAcknowledgement(claim.requestId(), submission);
            markAccepted(claim.requestId());
            accepted.increment();
        }
        return new Receipt(claim.requestId(), claim.recipients(), claim.replay());
    }

    private void awaitAcknowledgement(String id, Submission submission) {
        long deadline = System.nanoTime() + MOST.toNanos();
        Step step = tracing.send(topic, submission.traceparent());
        Event<NotificationRequested> event = new Event<>(
                new EventId(EventId.OF_API, id),
                EventType.NOTIFICATION_REQUESTED,
                clock.instant(),
                step.traceparent(),
                submission.event());
        byte[] key = NotificationPublisher.key(submission.event().audience());
        try {
            var unused = kafka.send(codec.encode(topic, key, null, event))
                    .get(Math.max(deadline - System.nanoTime(), 0), TimeUnit.NANOSECONDS);
            step.end();
        } catch (ExecutionException | KafkaException e) {
            LOG.warn("request {} was not acknowledged: {}", id, String.valueOf(e.getCause()));
            step.fail("not acknowledged");
            release(id);
            throw notKnownToBeAccepted();
        } catch (TimeoutException e) {
            // The producer has not given up: no other node may publish it until the claim is old.
            LOG.warn("request {} was not acknowledged in time", id);
            step.fail("not acknowledged in time");
            throw notKnownToBeAccepted();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw notKnownToBeAccepted();
        }
    }

    private static RuntimeException notKnownToBeAccepted() {
        return Problem.of(
                        ProblemCode.UNAVAILABLE,
                        "It is not known to be accepted and may still arrive; a retry with the same Idempotency-Key is"
                                + " the same send")
                .retryAfter(2)
                .asException();
    }

    /** Kafka has it, which is what was promised; the persister will tell the database if we cannot. */
    private void markAccepted(String id) {
        try {
            ledger.accepted(id);
        } catch (DataAccessException e) {
            LOG.warn("request {} is accepted but could not be marked so: {}", id, e.toString());
        }
    }

    private void release(String id) {
        try {
            ledger.release(id);
        } catch (DataAccessException e) {
            LOG.warn("request {} could not be released and stays claimed for 10 s: {}", id, e.toString());
        }
    }

    /**
     * An accepted request.
     *
     * @param replayed whether it was accepted before, by the same call
     */
    record Receipt(String requestId, int recipients, boolean replayed) {}
}
