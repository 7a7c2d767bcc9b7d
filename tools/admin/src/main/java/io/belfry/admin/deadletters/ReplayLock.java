package io.belfry.admin.deadletters;

import io.belfry.admin.CommandFailedException;
import io.belfry.events.names.Topics;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * One replay at a time on an installation's topics, by a consumer group that reads nothing: the member that owns its first
 * partition replays, and the broker gives a partition to one member only. A process that finds the group occupied does not
 * join; of two that join at the same moment the assignor leaves the partition with one. A killed owner is missed after
 * {@value #SESSION_SECONDS} s. Not thread-safe.
 */
final class ReplayLock implements AutoCloseable, ConsumerRebalanceListener {

    private static final int SESSION_SECONDS = 10;
    private static final Duration TAKEN_WITHIN = Duration.ofSeconds(30);

    private final TopicPartition partition;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private boolean decided;
    private boolean owned;

    private ReplayLock(String bootstrapServers, Topics topics) {
        // It has one partition, unless an operator made it otherwise.
        partition = new TopicPartition(Topics.deadLetter(topics.users()), 0);
        consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ConsumerConfig.GROUP_ID_CONFIG,
                        group(topics),
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false,
                        ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                        false,
                        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
                        CooperativeStickyAssignor.class.getName(),
                        ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG,
                        SESSION_SECONDS * 1_000,
                        // Finding the newest records of a large topic may take minutes.
                        ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG,
                        (int) Duration.ofMinutes(30).toMillis()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    /** @throws CommandFailedException if another process has it */
    static ReplayLock take(String bootstrapServers, Topics topics) {
        refuseIfOccupied(bootstrapServers, group(topics));
        ReplayLock lock = new ReplayLock(bootstrapServers, topics);
        try {
            lock.join();
            return lock;
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /** @throws CommandFailedException if it is lost: this process, or its network, stood still for too long */
    void check() {
        consumer.poll(Duration.ZERO);
        if (!owned) {
            throw new CommandFailedException("the broker has given the replay to another process");
        }
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> added) {
        consumer.pause(added);
        owned |= added.contains(partition);
        decided = true;
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> removed) {
        owned &= !removed.contains(partition);
    }

    /** Leaves at once, so that the next one need not wait. */
    @Override
    public void close() {
        consumer.close();
    }

    private void join() {
        consumer.subscribe(List.of(partition.topic()), this);
        long deadline = System.nanoTime() + TAKEN_WITHIN.toNanos();
        while (!decided) {
            consumer.poll(Duration.ofMillis(100));
            if (System.nanoTime() > deadline) {
                throw new CommandFailedException("the broker does not say whether another replay is running");
            }
        }
        if (!owned) {
            throw new CommandFailedException("another replay has begun at the same moment");
        }
    }

    private static void refuseIfOccupied(String bootstrapServers, String group) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            admin
                    .describeConsumerGroups(List.of(group))
                    .all()
                    .get(TAKEN_WITHIN.toSeconds(), TimeUnit.SECONDS)
                    .values()
                    .stream()
                    .flatMap(found -> found.members().stream())
                    .findFirst()
                    .ifPresent(member -> {
                        throw new CommandFailedException("a replay is running already, from " + member.host()
                                + "; one that was killed is missed after " + SESSION_SECONDS + " s");
                    });
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof GroupIdNotFoundException)) {
                throw new KafkaException(e.getCause());
            }
        } catch (TimeoutException e) {
            throw new KafkaException("it does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailedException("interrupted", e);
        }
    }

    private static String group(Topics topics) {
        return topics.prefix() + "dead-letters-replay";
    }
}
