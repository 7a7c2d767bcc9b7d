package io.belfry.events.names;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Utils;

/**
 * The partition that a user's events go to: Kafka's own choice for the key {@code <user id>} in decimal, so that a
 * producer in any language that sets this key agrees.
 */
public final class UserPartition {

    private UserPartition() {}

    /** The key of a user's events. */
    public static byte[] key(long user) {
        return Long.toString(user).getBytes(StandardCharsets.UTF_8);
    }

    /** As {@code BuiltInPartitioner.partitionForKey} of kafka-clients does. */
    public static int of(long user, int partitions) {
        return Utils.toPositive(Utils.murmur2(key(user))) % partitions;
    }
}
