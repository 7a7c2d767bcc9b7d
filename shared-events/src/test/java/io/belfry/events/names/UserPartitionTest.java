package io.belfry.events.names;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.events.Ids;
import java.util.stream.LongStream;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.api.Test;

class UserPartitionTest {

    @Test
    void isKafkasOwnChoiceForTheKey() {
        LongStream.of(1, 7, 42, 9001, Ids.MAX)
                .forEach(user -> assertThat(UserPartition.of(user, 6))
                        .isEqualTo(BuiltInPartitioner.partitionForKey(UserPartition.key(user), 6)));
    }
}
