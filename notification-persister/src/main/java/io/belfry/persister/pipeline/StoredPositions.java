package io.belfry.persister.pipeline;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Up to which offset partitions are applied, in the database that they are applied to: the position moves in the very
 * transaction, so a record is applied once whatever becomes of its reader. Safe for use by many threads.
 */
public final class StoredPositions {

    private final JdbcClient jdbc;
    private final String table;

    private StoredPositions(JdbcClient jdbc, String table) {
        this.jdbc = jdbc;
        this.table = table;
    }

    public static StoredPositions ofDirectory(JdbcClient jdbc) {
        return new StoredPositions(jdbc, "directory_position");
    }

    public static StoredPositions ofCommands(JdbcClient jdbc) {
        return new StoredPositions(jdbc, "command_position");
    }

    /** The next offset to apply of each; 0 where nothing is applied yet. */
    public Map<TopicPartition, Long> read(Collection<TopicPartition> partitions) {
        return select(partitions, "");
    }

    /** As {@link #read}, and no other transaction applies them until the transaction ends. */
    Map<TopicPartition, Long> lock(Collection<TopicPartition> partitions) {
        jdbc.sql("INSERT INTO " + table
                        + " (topic, partition, next_offset) SELECT t, p, 0 FROM unnest(?::text[], ?::integer[]) k (t, p)"
                        + " ORDER BY t, p ON CONFLICT DO NOTHING")
                .param(topics(partitions))
                .param(numbers(partitions))
                .update();
        return select(partitions, " FOR UPDATE OF s");
    }

    /** Moves them forward, or leaves them. */
    void advance(Map<TopicPartition, Long> next) {
        advanceFrom(Map.of(), next);
    }

    /** As {@link #advance}, but for those that are lower than they were known to be: there, records would be left out. */
    void advanceFrom(Map<TopicPartition, Long> known, Map<TopicPartition, Long> next) {
        List<TopicPartition> partitions = List.copyOf(next.keySet());
        jdbc.sql("INSERT INTO " + table
                        + " AS s (topic, partition, next_offset)"
                        + " SELECT t, p, next FROM unnest(?::text[], ?::integer[], ?::bigint[], ?::bigint[]) k (t, p, next, known)"
                        + " WHERE known <= coalesce((SELECT o.next_offset FROM " + table
                        + " o WHERE o.topic = t AND o.partition = p), 0) ORDER BY t, p"
                        + " ON CONFLICT (topic, partition) DO UPDATE SET next_offset = excluded.next_offset"
                        + " WHERE s.next_offset < excluded.next_offset")
                .param(topics(partitions))
                .param(numbers(partitions))
                .param(partitions.stream().map(next::get).toArray(Long[]::new))
                .param(partitions.stream()
                        .map(partition -> known.getOrDefault(partition, 0L))
                        .toArray(Long[]::new))
                .update();
    }

    /** Back to the start: it is another topic of the same name. */
    void reset(TopicPartition partition) {
        jdbc.sql("UPDATE " + table + " SET next_offset = 0 WHERE topic = ? AND partition = ?")
                .params(partition.topic(), partition.partition())
                .update();
    }

    private Map<TopicPartition, Long> select(Collection<TopicPartition> partitions, String locking) {
        Map<TopicPartition, Long> positions = new HashMap<>();
        partitions.forEach(partition -> positions.put(partition, 0L));
        jdbc.sql("SELECT s.topic, s.partition, s.next_offset FROM unnest(?::text[], ?::integer[]) k (t, p) JOIN "
                        + table + " s ON s.topic = k.t AND s.partition = k.p ORDER BY s.topic, s.partition" + locking)
                .param(topics(partitions))
                .param(numbers(partitions))
                .query(row -> {
                    positions.put(new TopicPartition(row.getString(1), row.getInt(2)), row.getLong(3));
                });
        return positions;
    }

    private static String[] topics(Collection<TopicPartition> partitions) {
        return partitions.stream().map(TopicPartition::topic).toArray(String[]::new);
    }

    private static Integer[] numbers(Collection<TopicPartition> partitions) {
        return partitions.stream().map(TopicPartition::partition).toArray(Integer[]::new);
    }
}
