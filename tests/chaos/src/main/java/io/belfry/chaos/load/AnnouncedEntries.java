package io.belfry.chaos.load;

import io.belfry.kit.contract.Json;
import io.belfry.kit.database.Database.Entry;
import io.belfry.kit.kafka.Events;
import io.belfry.kit.kafka.TopicReader;
import java.util.HashSet;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import tools.jackson.databind.JsonNode;

/** Who was told of what in {@code notifications.stored}. Safe for use by many threads. */
public final class AnnouncedEntries implements AutoCloseable {

    private final TopicReader reader;
    private final Set<Entry> all = new HashSet<>();

    public AnnouncedEntries(Events events) {
        reader = events.reader(Events.STORED);
    }

    /** Those of them that were not announced, as of now. */
    public synchronized Set<Entry> missing(Set<Entry> due) {
        readOn();
        Set<Entry> missing = new HashSet<>(due);
        missing.removeAll(all);
        return missing;
    }

    /** What was told, as of now, and is not among them. */
    public synchronized Set<Entry> beyond(Set<Entry> due) {
        readOn();
        Set<Entry> beyond = new HashSet<>(all);
        beyond.removeAll(due);
        return beyond;
    }

    private void readOn() {
        for (ConsumerRecord<byte[], byte[]> record : reader.readOn()) {
            JsonNode data = Json.parse(record.value());
            long notification = data.path("notification").path("id").asLong();
            for (JsonNode recipient : data.path("recipients")) {
                all.add(new Entry(
                        notification,
                        recipient.path("user").asLong(),
                        recipient.path("seq").asLong(),
                        recipient.path("unread").asLong()));
            }
        }
    }

    @Override
    public synchronized void close() {
        reader.close();
    }
}
