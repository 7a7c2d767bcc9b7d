package io.belfry.gateway.delivery;

import io.belfry.events.NotificationStored.Recipient;
import io.belfry.events.names.Topics;
import io.belfry.events.names.UserShard;
import io.belfry.gateway.connection.ConnectionRegistry;
import io.belfry.gateway.connection.ConnectionShard.OutgoingEvent;
import io.belfry.gateway.ops.GatewayMetrics;
import io.belfry.runtime.kafka.ConsumerLag;
import io.belfry.runtime.kafka.KafkaAccess;
import io.belfry.runtime.tracing.Tracing;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what was stored and changed and hands it to the event loops, on a thread of its own. At least once while it
 * runs, nothing of before; a broker that is gone, or topics that are not there yet, are waited for.
 *
 * <p>The event loops get at most two polls' work ahead of what they have done: a gateway that cannot keep up leaves the
 * rest in Kafka, not in its memory.
 */
public final class EventDelivery implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EventDelivery.class);
    private static final int POLLS_UNDER_WAY = 2;
    private static final Duration POLL = Duration.ofMillis(500);

    /** A broker answers at once when there is a record; this is how often it is asked while there is none. */
    private static final Duration ASKED_EVERY = Duration.ofSeconds(2);

    private static final int MAX_PARTITION_BYTES = 4 * 1024 * 1024;
    private static final int MAX_ANSWER_BYTES = 16 * 1024 * 1024;
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

    /** HotSpot compiles a method at its 200th call (Tier3InvocationThreshold). */
    private static final int REHEARSALS = 200;

    /** After a gap all clients come back to ask what they missed; not all at once. */
    private static final Duration GAP_SPREAD = Duration.ofSeconds(10);

    private final Consumer<byte[], byte[]> consumer;
    private final BrokerContact broker;
    private final Position position;
    private final EventDecoder decoder;
    private final @Nullable BooleanSupplier loseFrame;
    private final ConnectionRegistry connections;
    private final Listener listener;
    private final Duration discovery;
    private final ConsumerLag lag;
    private final Thread thread;
    private final Semaphore ahead = new Semaphore(POLLS_UNDER_WAY);
    private final ConsumerRecord<byte[], byte[]> rehearsal;
    private volatile boolean positioned;
    private volatile boolean closing;
    private long lastDiscovery;

    /** Hears of what is in the topics beside frames; must not block or fail. */
    public interface Listener {

        /**
         * Inboxes changed, their users connected here or not, and the frames are out. Called on an event loop.
         *
         * @param epoch the history that the numbers belong to
         */
        void changed(String epoch, List<Recipient> inboxes);

        /** Nothing is kept of a person any more. Called on the delivery thread. */
        void erased(long user);

        /** The thread died of an error; nothing is delivered after that. */
        void died();
    }

    public EventDelivery(
            DeliverySettings settings,
            ConnectionRegistry connections,
            Listener listener,
            GatewayMetrics metrics,
            Tracing tracing) {
        this(consumer(settings), settings, connections, listener, metrics, tracing);
    }

    private static Consumer<byte[], byte[]> consumer(DeliverySettings settings) {
        return new KafkaConsumer<>(
                settings.kafka()
                        .with(Map.of(
                                // By which a broker's log and its quotas know it.
                                ConsumerConfig.CLIENT_ID_CONFIG,
                                "websocket-gateway",
                                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                                false,
                                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                                "none",
                                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                                false,
                                ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
                                (int) ASKED_EVERY.toMillis(),
                                // All that waits for a socket in one answer leaves in one write.
                                ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
                                MAX_PARTITION_BYTES,
                                ConsumerConfig.FETCH_MAX_BYTES_CONFIG,
                                MAX_ANSWER_BYTES,
                                // What partitionsFor() knows is this old at most.
                                ConsumerConfig.METADATA_MAX_AGE_CONFIG,
                                (int) settings.discovery().dividedBy(2).toMillis())),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    EventDelivery(
            Consumer<byte[], byte[]> consumer,
            DeliverySettings settings,
            ConnectionRegistry connections,
            Listener listener,
            GatewayMetrics metrics,
            Tracing tracing) {
        this.consumer = consumer;
        this.broker = new BrokerContact(consumer.metrics().values(), metrics);
        this.position = new Position(consumer, settings.topics(), settings.shard());
        this.decoder = new EventDecoder(settings.topics(), metrics, tracing);
        this.rehearsal = Rehearsal.record(settings.topics());
        this.loseFrame = settings.loseFrame();
        this.connections = connections;
        this.listener = listener;
        this.discovery = settings.discovery();
        this.thread = new Thread(this::run, "delivery");
        thread.setDaemon(true);
        lag = metrics.lag();
    }

    public void start() {
        thread.start();
    }

    /** Whether everything that is stored from now on will be delivered. Once true it stays so. */
    public boolean isPositioned() {
        return positioned;
    }

    /** Whether this gateway's partitions hold all of its users; if not, the log says of which topic they do not. */
    public boolean isShardable() {
        return position.isShardable();
    }

    /** Whether a broker has answered within the last 5 s; one is asked several times in that time. */
    public boolean isBrokerInContact() {
        return broker.isInContact();
    }

    /** Whether polls have thrown for 5 s: what is stored meanwhile is not delivered. */
    public boolean isUnreadable() {
        return broker.isUnreadable();
    }

    public boolean isAlive() {
        return thread.isAlive();
    }

    private void run() {
        try {
            while (!closing) {
                step();
                broker.note();
            }
        } catch (WakeupException e) {
            LOG.debug("delivery ends");
        } catch (Throwable e) {
            if (!closing) {
                LOG.error("delivery has died", e);
                listener.died();
            }
        } finally {
            consumer.close();
        }
    }

    private void step() throws InterruptedException {
        try {
            if (!positioned) {
                findEnd();
            } else {
                deliver();
            }
        } catch (OffsetOutOfRangeException e) {
            LOG.warn("records were deleted before they were read: {}", e.offsetOutOfRangePartitions());
            skipGap(e);
        } catch (WakeupException e) {
            throw e;
        } catch (RuntimeException e) { // the broker's fault, of whatever kind: waited for
            LOG.warn("Kafka cannot be read: {}", e.toString());
            Thread.sleep(AFTER_FAILURE.toMillis());
        }
    }

    private void findEnd() throws InterruptedException {
        if (position.findEnd()) {
            rehearse();
            lastDiscovery = System.nanoTime();
            positioned = true;
            LOG.info("reading {} partitions", consumer.assignment().size());
        } else {
            LOG.info("waiting for Kafka and its topics");
            Thread.sleep(AFTER_FAILURE.toMillis());
        }
    }

    /** So that the first event does not wait for classes to be loaded, nor goes through code that is interpreted. */
    private void rehearse() {
        try {
            for (int i = 0; i < REHEARSALS; i++) {
                connections
                        .deliver(decoder.decode(List.of(rehearsal), user -> {}))
                        .join();
            }
        } catch (RuntimeException e) {
            LOG.debug("rehearsed in vain; whatever it is, the first event meets it too", e);
        }
    }

    private void deliver() throws InterruptedException {
        if (System.nanoTime() - lastDiscovery >= discovery.toNanos()) {
            lastDiscovery = System.nanoTime();
            position.findNew();
        }
        ConsumerRecords<byte[], byte[]> records = poll();
        lag.read(records, consumer);
        List<OutgoingEvent> batch = decoder.decode(records, listener::erased);
        if (!batch.isEmpty()) {
            ahead.acquire();
            var unused = connections.deliver(afterLosses(batch)).whenComplete((done, failure) -> {
                ahead.release();
                batch.forEach(delivery -> delivery.step().end());
                // Only now: whatever comes of them takes no time from the frames.
                batch.forEach(delivery -> listener.changed(delivery.epoch(), delivery.recipients()));
                if (failure != null) {
                    LOG.error("a batch was not delivered whole", failure);
                }
            });
        }
        lag.done(consumer, OptionalLong.empty()); // the rest is the event loops'
    }

    /** Loses frames on purpose and says so nowhere, if the failpoint is set. */
    private List<OutgoingEvent> afterLosses(List<OutgoingEvent> batch) {
        BooleanSupplier lost = loseFrame;
        return lost == null
                ? batch
                : batch.stream()
                        .map(each -> each.to(each.recipients().stream()
                                .filter(recipient -> !lost.getAsBoolean())
                                .toList()))
                        .toList();
    }

    /** @return nothing if there is nothing, or it cannot be read */
    private ConsumerRecords<byte[], byte[]> poll() throws InterruptedException {
        try {
            ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
            broker.pollSucceeded();
            return records;
        } catch (WakeupException | OffsetOutOfRangeException e) {
            throw e;
        } catch (RuntimeException e) {
            broker.pollFailed(e);
            Thread.sleep(AFTER_FAILURE.toMillis());
            return ConsumerRecords.empty();
        }
    }

    private void skipGap(OffsetOutOfRangeException gap) throws InterruptedException {
        while (!position.toEnd(gap.offsetOutOfRangePartitions().keySet())) {
            Thread.sleep(AFTER_FAILURE.toMillis());
        }
        var unused = connections.farewell(GAP_SPREAD);
    }

    @Override
    public void close() {
        closing = true;
        consumer.wakeup();
        try {
            thread.join(Duration.ofSeconds(5).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Where events come from.
     *
     * @param shard whose users' events are read
     * @param discovery how often new partitions are looked for
     * @param loseFrame asked for each recipient whether its frame is lost on purpose; null = none is, as in production
     */
    public record DeliverySettings(
            KafkaAccess kafka,
            Topics topics,
            UserShard shard,
            Duration discovery,
            @Nullable BooleanSupplier loseFrame) {}
}
