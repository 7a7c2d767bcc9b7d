package io.belfry.chaos.load;

import io.belfry.kit.contract.Json;
import io.belfry.kit.database.Database.Entry;
import io.belfry.kit.kafka.Events;
import io.belfry.kit.kafka.TopicReader;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import tools.jackson.databind.JsonNode;

/** Who was told of what in {@code notifications.stored}. Safe for use by many threads. */
public final class AnnouncedEntries implements AutoCloseable {

    /** That a notification has entered an inbox, with the numbers that it came with. */
    public record Told(long notification, long user, long seq, long unread) {

        public static Set<Told> of(List<Entry> entries) {
            return entries.stream()
                    .map(entry -> new Told(entry.notification(), entry.user(), entry.seq(), entry.unread()))
                    .collect(Collectors.toSet());
        }
    }

    private final TopicReader reader;
    private final Set<Told> all = new HashSet<>();

    public AnnouncedEntries(Events events) {
        reader = events.reader(Events.STORED);
    }

    /** Those of them that were not announced, as of now. */
    public synchronized Set<Told> missing(Set<Told> due) {
        readOn();
        Set<Told> missing = new HashSet<>(due);
        missing.removeAll(all);
        return missing;
    }

    /** What was told, as of now, and is not among them. */
    public synchronized Set<Told> beyond(Set<Told> due) {
        readOn();
        Set<Told> beyond = new HashSet<>(all);
        beyond.removeAll(due);
        return beyond;
    }

    private void readOn() {
        for (ConsumerRecord<byte[], byte[]> record : reader.readOn()) {
            JsonNode data = Json.parse(record.value());
            long notification = data.path("notification").path("id").asLong();
            for (JsonNode recipient : data.path("recipients")) {
                all.add(new Told(
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
