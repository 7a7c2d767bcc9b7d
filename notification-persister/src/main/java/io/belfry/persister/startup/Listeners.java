package io.belfry.persister.startup;

import io.belfry.persister.pipeline.Pipeline;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.listener.KafkaMessageListenerContainer;

/** The threads that read topics. Safe for use by many threads. */
public final class Listeners {

    private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);

    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

    /** A thread and what its records go through. */
    public record Reader(
            KafkaMessageListenerContainer<byte[], byte[]> container, Pipeline pipeline, PatientErrorHandler errors) {

        /** It is alive, and its polls do not end in exceptions. */
        private boolean reads() {
            return container.isRunning() && !errors.isPollFailing();
        }
    }

    private final List<Reader> readers;
    private final AtomicBoolean stopping;
    private final Set<Reader> foundDead = new HashSet<>();
    private boolean started;

    /** @param stopping read by the pipelines: they are to come to an end */
    public Listeners(List<Reader> readers, AtomicBoolean stopping) {
        this.readers = List.copyOf(readers);
        this.stopping = stopping;
    }

    /** Starts all; what a thread meets later is its own to deal with. */
    public synchronized void start() {
        if (!stopping.get()) {
            readers.forEach(reader -> reader.container().start());
            started = true;
        }
    }

    /** Whether all read. */
    public synchronized boolean areRunning() {
        return started && readers.stream().allMatch(Reader::reads);
    }

    /** How many should read and do not. */
    synchronized long down() {
        return started && !stopping.get()
                ? readers.stream().filter(reader -> !reader.reads()).count()
                : 0;
    }

    /** Starts those again that have died of an error, and were dead at the last call as well. */
    public synchronized void revive() {
        if (!started || stopping.get()) {
            return;
        }
        for (Reader reader : readers) {
            if (reader.container().isRunning()) {
                foundDead.remove(reader);
            } else if (!foundDead.add(reader)) {
                foundDead.remove(reader);
                LOG.warn("Starting {} again", reader.container().getBeanName());
                reader.pipeline().reset();
                reader.container().start();
            }
        }
    }

    /** Lets each finish the transaction that it is in and commit what is done; waits for that, at most 10 s. */
    public void stop() {
        stopping.set(true);
        synchronized (this) {
            CountDownLatch stopped = new CountDownLatch(readers.size());
            readers.forEach(reader -> reader.container().stop(stopped::countDown));
            try {
                if (!stopped.await(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                    LOG.warn("Not all threads came to an end in {}", STOP_LIMIT);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
