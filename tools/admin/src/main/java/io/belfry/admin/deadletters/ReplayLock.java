package io.belfry.admin.deadletters;

import static java.util.Map.entry;

import io.belfry.admin.CommandFailedException;
import io.belfry.admin.KafkaGroups;
import io.belfry.events.names.Topics;
import io.belfry.runtime.kafka.KafkaAccess;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
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

    private ReplayLock(KafkaAccess kafka, Topics topics) {
        // It has one partition, unless an operator made it otherwise.
        partition = new TopicPartition(Topics.deadLetter(topics.users()), 0);
        consumer = new KafkaConsumer<>(
                kafka.with(Map.ofEntries(
                        entry("group.id", group(topics)),
                        entry("enable.auto.commit", false),
                        entry("allow.auto.create.topics", false),
                        entry("partition.assignment.strategy", CooperativeStickyAssignor.class.getName()),
                        entry("session.timeout.ms", SESSION_SECONDS * 1_000),
                        // Finding the newest records of a large topic may take minutes.
                        entry("max.poll.interval.ms", (int)
                                Duration.ofMinutes(30).toMillis()))),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    /** @throws CommandFailedException if another process has it */
    static ReplayLock take(KafkaAccess kafka, Topics topics) {
        refuseIfOccupied(kafka, group(topics));
        ReplayLock lock = new ReplayLock(kafka, topics);
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

    private static void refuseIfOccupied(KafkaAccess kafka, String group) {
        try (KafkaGroups groups = new KafkaGroups(kafka)) {
            groups.members(group).stream().findFirst().ifPresent(member -> {
                throw new CommandFailedException("a replay is running already, from " + member.host()
                        + "; one that was killed is missed after " + SESSION_SECONDS + " s");
            });
        }
    }

    private static String group(Topics topics) {
        return topics.prefix() + "dead-letters-replay";
    }
}
