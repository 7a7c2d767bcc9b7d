package io.belfry.persister.announce;

import io.belfry.events.Event;
import io.belfry.events.EventCodec;
import io.belfry.events.EventId;
import io.belfry.events.EventType;
import io.belfry.events.InboxChanged;
import io.belfry.events.NotificationStored;
import io.belfry.events.NotificationStored.Recipient;
import io.belfry.events.Topics;
import io.belfry.events.UserPartition;
import io.belfry.persister.kafka.Outbox;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Tells the gateways what is in the inboxes, at least once and always with the same numbers. Sends without waiting:
 * whoever calls awaits the outbox. Safe for use by many threads.
 */
public final class Announcer {

    private static final String SOURCE = "belfry/persister";

    private final EventCodec codec;
    private final Topics topics;
    private final Clock clock;

    public Announcer(EventCodec codec, Topics topics, Clock clock) {
        this.codec = codec;
        this.topics = topics;
        this.clock = clock;
    }

    /**
     * These users have a notification.
     *
     * @param time of the request, from which delivery is measured; null = when it was stored
     */
    public void stored(
            Outbox outbox,
            NotificationStored.Content content,
            String epoch,
            List<Recipient> recipients,
            @Nullable Instant time,
            @Nullable String traceparent) {
        if (recipients.isEmpty()) {
            return;
        }
        Instant since = time == null ? content.createdAt() : time;
        byPartition(recipients, outbox.partitions(topics.stored())).forEach((partition, users) -> {
            for (int from = 0; from < users.size(); from += NotificationStored.MAX_RECIPIENTS) {
                List<Recipient> batch =
                        users.subList(from, Math.min(users.size(), from + NotificationStored.MAX_RECIPIENTS));
                EventId id = new EventId(SOURCE, name(epoch, content.id(), batch));
                NotificationStored data = new NotificationStored(epoch, content, batch);
                outbox.send(codec.encode(
                        topics.stored(),
                        null,
                        partition,
                        new Event<>(id, EventType.NOTIFICATION_STORED, since, traceparent, data)));
            }
        });
    }

    /** An inbox changed in another way. */
    public void changed(Outbox outbox, InboxChanged change, @Nullable String traceparent) {
        EventId id = new EventId(SOURCE, change.epoch() + ":" + change.user() + ":" + change.seq());
        outbox.send(codec.encode(
                topics.changed(),
                UserPartition.key(change.user()),
                UserPartition.of(change.user(), outbox.partitions(topics.changed())),
                new Event<>(id, EventType.INBOX_CHANGED, clock.instant(), traceparent, change)));
    }

    /** The same for the same recipients, however often they are told. */
    private static String name(String epoch, long notification, List<Recipient> batch) {
        long first = batch.get(0).user();
        long last = batch.get(batch.size() - 1).user();
        return epoch + ":" + notification + ":" + first + "-" + last + ":" + batch.size();
    }

    private static Map<Integer, List<Recipient>> byPartition(List<Recipient> recipients, int partitions) {
        if (recipients.size() == 1) {
            return Map.of(UserPartition.of(recipients.get(0).user(), partitions), recipients);
        }
        return recipients.stream()
                .collect(Collectors.groupingBy(
                        recipient -> UserPartition.of(recipient.user(), partitions),
                        TreeMap::new,
                        Collectors.toList()));
    }
}
