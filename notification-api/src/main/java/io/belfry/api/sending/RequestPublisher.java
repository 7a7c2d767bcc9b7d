package io.belfry.api.sending;

import io.belfry.api.events.EventsConfiguration;
import io.belfry.api.problem.Problem;
import io.belfry.api.problem.ProblemCode;
import io.belfry.events.EventId;
import io.belfry.events.NotificationPublisher;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/** Publishes requests; says that one is accepted only when every in-sync replica has it. Safe for use by many threads. */
final class RequestPublisher {

    private static final Logger LOG = LoggerFactory.getLogger(RequestPublisher.class);

    /** The producer gives up before; this bounds what its own bounds add up to. */
    private static final Duration PATIENCE = Duration.ofMillis(2_800);

    private final RequestLedger ledger;
    private final NotificationPublisher publisher;
    private final Counter accepted;

    RequestPublisher(RequestLedger ledger, NotificationPublisher publisher, MeterRegistry metrics) {
        this.ledger = ledger;
        this.publisher = publisher;
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
        Claim claim = ledger.claim(submission);
        if (!claim.replay()) {
            awaitAcknowledgement(claim.requestId(), submission);
            markAccepted(claim.requestId());
            accepted.increment();
        }
        return new Receipt(claim.requestId(), claim.recipients(), claim.replay());
    }

    private void awaitAcknowledgement(String id, Submission submission) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        CompletableFuture<EventId> acknowledged = publisher.publish(
                new EventId(EventsConfiguration.SOURCE, id), submission.event(), submission.traceparent());
        try {
            var unused = acknowledged.get(Math.max(deadline - System.nanoTime(), 0), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            LOG.warn("request {} was not acknowledged: {}", id, String.valueOf(e.getCause()));
            release(id);
            throw notKnownToBeAccepted();
        } catch (TimeoutException e) {
            // The producer has not given up: nobody else may publish it until the claim is old.
            LOG.warn("request {} was not acknowledged in time", id);
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
}
