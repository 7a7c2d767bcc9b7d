package io.belfry.gateway.commands;

import io.belfry.events.EventId;
import io.belfry.events.InboxCommand;
import io.belfry.events.names.Topics;
import io.belfry.events.names.UserPartition;
import io.belfry.events.wire.Event;
import io.belfry.events.wire.EventCodec;
import io.belfry.events.wire.EventType;
import io.belfry.events.wire.NotificationPublisher;
import io.belfry.runtime.kafka.KafkaAccess;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Hands commands on to {@code inbox.commands}. A thread of its own calls the producer, which blocks while it knows no
 * broker; the queue before it is bounded, and a command that waited too long in it is refused rather than sent late. Safe
 * for use by many threads; never blocks.
 */
public final class CommandPublisher implements AutoCloseable {

    private static final int MAX_WAITING = 10_000;
    private static final Duration MAX_WAIT = Duration.ofSeconds(3);

    /** For so long a command that was not taken says that the next would not be either. */
    private static final Duration DOUBT = Duration.ofSeconds(5);

    private static final Duration CLOSING = Duration.ofSeconds(5);

    private final Producer<byte[], byte[]> producer;
    private final Topics topics;
    private final String source;
    private final Clock clock;
    private final EventCodec codec = new EventCodec();
    private final ThreadPoolExecutor sender = new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MAX_WAITING),
            task -> new Thread(task, "commands"),
            new ThreadPoolExecutor.AbortPolicy());
    private volatile long doubtedUntil = System.nanoTime();

    /** @param gateway this process's name; part of the events' source */
    public CommandPublisher(KafkaAccess kafka, Topics topics, String gateway, Clock clock) {
        this(
                new KafkaProducer<>(
                        kafka.with(NotificationPublisher.producerSettings(kafka.bootstrap())),
                        new ByteArraySerializer(),
                        new ByteArraySerializer()),
                topics,
                gateway,
                clock);
    }

    /** @param producer is closed with this */
    CommandPublisher(Producer<byte[], byte[]> producer, Topics topics, String gateway, Clock clock) {
        this.producer = producer;
        this.topics = topics;
        this.source = "/websocket-gateway/" + gateway;
        this.clock = clock;
    }

    /**
     * @return completes when the command is safe on every in-sync replica; fails when that is not known, and then it may
     *     or may not be carried out. Fails with an {@link Error} if that is what was thrown
     */
    public CompletionStage<Void> publish(InboxCommand command) {
        CompletableFuture<Void> acknowledged = new CompletableFuture<>();
        long asked = System.nanoTime();
        try {
            sender.execute(() -> {
                if (System.nanoTime() - asked > MAX_WAIT.toNanos()) {
                    acknowledged.completeExceptionally(new TimeoutException("waited too long for the broker"));
                } else {
                    send(command, acknowledged);
                }
            });
        } catch (Throwable e) { // rejected, or no thread could be made
            acknowledged.completeExceptionally(e);
        }
        return acknowledged.whenComplete(
                (taken, failure) -> doubtedUntil = System.nanoTime() + (failure == null ? 0 : DOUBT.toNanos()));
    }

    /** False when the last command was not taken and that is not 5 s ago. */
    public boolean isTrusted() {
        return System.nanoTime() - doubtedUntil >= 0;
    }

    /** Does not throw: the thread would end, and the client would never be answered. */
    private void send(InboxCommand command, CompletableFuture<Void> acknowledged) {
        try {
            var event = Event.of(
                    new EventId(source, UUID.randomUUID().toString()),
                    EventType.INBOX_COMMAND,
                    clock.instant(),
                    command);
            var unused = producer.send(
                    codec.encode(topics.commands(), UserPartition.key(command.user()), null, event),
                    (metadata, failure) -> {
                        if (failure == null) {
                            acknowledged.complete(null);
                        } else {
                            acknowledged.completeExceptionally(failure);
                        }
                    });
        } catch (Throwable e) {
            acknowledged.completeExceptionally(e);
        }
    }

    /** Waits a few seconds for what is under way. */
    @Override
    public void close() {
        sender.shutdown();
        try {
            if (!sender.awaitTermination(CLOSING.toMillis(), TimeUnit.MILLISECONDS)) {
                sender.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        producer.close(CLOSING);
    }
}
