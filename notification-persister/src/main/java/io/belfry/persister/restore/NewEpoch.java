package io.belfry.persister.restore;

import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** Begins another history of all inboxes, in one transaction. */
final class NewEpoch {

    /**
     * More notifications than can have been stored between a backup and the moment that was lost: 11 days at 10,000 a
     * second. There is room for 900,000 times as many below 2^53.
     */
    private static final long IDS_SKIPPED = 10_000_000_000L;

    private final TransactionOperations transactions;
    private final JdbcClient jdbc;

    NewEpoch(TransactionOperations transactions, JdbcClient jdbc) {
        this.transactions = transactions;
        this.jdbc = jdbc;
    }

    /** @param firstId no notification after this moment has a lower one */
    record Begun(String epoch, long firstId) {}

    /** @param commandEnds commands below are not applied: they name notifications of the history that is gone */
    Begun begin(Map<TopicPartition, Long> commandEnds) {
        Begun begun = transactions.execute(status -> {
            jdbc.sql("UPDATE inbox_epoch SET name = replace(left(gen_random_uuid()::text, 13), '-', '')")
                    .update();
            commandEnds.forEach(this::skipCommands);
            // A sequence is not taken back with its transaction, which does no harm: ids are skipped once more.
            long firstId = jdbc.sql("""
                            SELECT setval(pg_get_serial_sequence('notification', 'id'),
                                          greatest(nextval(pg_get_serial_sequence('notification', 'id')),
                                                   (SELECT coalesce(max(id), 0) FROM notification)) + ?)""").param(IDS_SKIPPED).query(Long.class).single();
            return new Begun(
                    jdbc.sql("SELECT current_epoch()").query(String.class).single(), firstId);
        });
        if (begun == null) {
            throw new IllegalStateException("no transaction");
        }
        return begun;
    }

    private void skipCommands(TopicPartition partition, long end) {
        jdbc.sql("""
                        INSERT INTO command_position (topic, partition, next_offset) VALUES (?, ?, ?)
                        ON CONFLICT (topic, partition) DO UPDATE SET next_offset = excluded.next_offset""").params(partition.topic(), partition.partition(), end).update();
    }
}
