package io.belfry.persister.announce;

import io.belfry.events.EventId;
import io.belfry.events.InboxChanged;
import io.belfry.events.NotificationStored;
import io.belfry.events.NotificationStored.Recipient;
import io.belfry.events.names.Topics;
import io.belfry.events.names.UserPartition;
import io.belfry.events.platform.UserErased;
import io.belfry.events.wire.Event;
import io.belfry.events.wire.EventCodec;
import io.belfry.events.wire.EventType;
import io.belfry.runtime.tracing.Step;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Announces to the gateways what is in the inboxes, at least once and always with the same numbers. Sending overlaps with
 * whatever its thread does next; what is not acknowledged when that thread asks is sent again at the next attempt. Not
 * safe for use by more than one thread; the producer is shared.
 */
public final class Announcements {

    private static final Logger LOG = LoggerFactory.getLogger(Announcements.class);

    /** Sent, or to be sent again. */
    private static final class Announcement {
        private final Supplier<ProducerRecord<byte[], byte[]>> event;

        /** The same in two events, if one is too large for its topic; none if it can not be halved. */
        private final Supplier<List<Announcement>> halves;

        private final @Nullable Step step;

        private @Nullable Future<RecordMetadata> acknowledgement;

        Announcement(
                Supplier<ProducerRecord<byte[], byte[]>> event,
                Supplier<List<Announcement>> halves,
                @Nullable Step step) {
            this.event = event;
            this.halves = halves;
            this.step = step;
        }
    }

    private final Supplier<Producer<byte[], byte[]>> producer;
    private final EventCodec codec;
    private final Topics topics;
    private final Clock clock;
    private List<Announcement> pending = new ArrayList<>();

    public Announcements(Supplier<Producer<byte[], byte[]>> producer, EventCodec codec, Topics topics, Clock clock) {
        this.producer = producer;
        this.codec = codec;
        this.topics = topics;
        this.clock = clock;
    }

    /**
     * These users have a notification.
     *
     * @param time of the request, from which delivery is measured; null = when it was stored
     * @param storing that this is announced of
     */
    public void stored(
            NotificationStored.Content content,
            String epoch,
            List<Recipient> recipients,
            @Nullable Instant time,
            Step storing) {
        if (recipients.isEmpty()) {
            return;
        }
        Instant since = time == null ? content.createdAt() : time;
        byPartition(recipients, partitions(topics.stored())).forEach((partition, users) -> {
            for (int from = 0; from < users.size(); from += NotificationStored.MAX_RECIPIENTS) {
                List<Recipient> some =
                        users.subList(from, Math.min(users.size(), from + NotificationStored.MAX_RECIPIENTS));
                send(stored(partition, new NotificationStored(epoch, content, some), since, storing));
            }
        });
    }

    private Announcement stored(int partition, NotificationStored data, Instant since, Step storing) {
        Step step = storing.send(topics.stored());
        List<Recipient> recipients = data.recipients();
        EventId id = new EventId(
                EventId.OF_PERSISTER, name(data.epoch(), data.notification().id(), recipients));
        int half = recipients.size() / 2;
        return new Announcement(
                () -> codec.encode(
                        topics.stored(),
                        null,
                        partition,
                        new Event<>(id, EventType.NOTIFICATION_STORED, since, step.traceparent(), data)),
                () -> half == 0
                        ? List.of()
                        : Stream.of(recipients.subList(0, half), recipients.subList(half, recipients.size()))
                                .map(some -> new NotificationStored(data.epoch(), data.notification(), some))
                                .map(some -> stored(partition, some, since, storing))
                                .toList(),
                step);
    }

    /** An inbox changed in another way. */
    public void changed(InboxChanged change, @Nullable String traceparent) {
        EventId id = change.eventId(EventId.OF_PERSISTER);
        Event<InboxChanged> event = new Event<>(id, EventType.INBOX_CHANGED, clock.instant(), traceparent, change);
        send(new Announcement(
                () -> codec.encode(
                        topics.changed(),
                        UserPartition.key(change.user()),
                        UserPartition.of(change.user(), partitions(topics.changed())),
                        event),
                List::of,
                null));
    }

    /** Nothing is kept of a person any more. */
    public void erased(long user) {
        EventId id = new EventId(EventId.OF_PERSISTER, "erased:" + user + ":" + clock.millis());
        Event<UserErased> event = Event.of(id, EventType.USER_ERASED, clock.instant(), new UserErased(user));
        send(new Announcement(
                () -> codec.encode(topics.erasures(), UserPartition.key(user), null, event), List::of, null));
    }

    private void send(Announcement announcement) {
        pending.add(announcement);
        trySend(announcement);
    }

    private void trySend(Announcement announcement) {
        try {
            announcement.acknowledgement = producer.get().send(announcement.event.get());
        } catch (KafkaException e) {
            announcement.acknowledgement = CompletableFuture.failedFuture(e);
        }
    }

    /**
     * Waits until every in-sync replica has everything announced so far; a few seconds at most, as the producer gives up
     * then.
     *
     * @throws KafkaException if that is not known of one of them
     */
    public void awaitAcknowledged() {
        Throwable failure = awaitAll();
        if (failure != null) {
            throw new KafkaException("an announcement is not acknowledged", failure);
        }
    }

    /**
     * Sends again what a failed attempt left without acknowledgement, and waits for it.
     *
     * @throws KafkaException as {@link #awaitAcknowledged}
     */
    public void sendAgain() {
        if (awaitAll() != null) {
            pending.forEach(this::trySend);
            awaitAcknowledged();
        }
    }

    /** Keeps those that are not acknowledged; null = all are. */
    private @Nullable Throwable awaitAll() {
        Throwable failure = null;
        List<Announcement> open = new ArrayList<>();
        Deque<Announcement> waiting = new ArrayDeque<>(pending);
        while (!waiting.isEmpty()) {
            Announcement announcement = waiting.remove();
            Throwable failed = failure(announcement.acknowledgement);
            if (failed instanceof RecordTooLargeException) {
                List<Announcement> halves = announcement.halves.get();
                halves.forEach(this::trySend);
                waiting.addAll(halves);
                if (halves.isEmpty()) {
                    LOG.error("An announcement is too large for its topic; its user's clients find the gap", failed);
                }
            } else if (failed != null) {
                open.add(announcement);
                failure = failed;
            } else if (announcement.step != null) {
                announcement.step.end();
            }
        }
        pending = open;
        return failure;
    }

    /** Forgets what is not acknowledged: where it is announced again from the inbox, or is a gap that clients close. */
    public void clear() {
        pending.clear();
    }

    /** Waits; null = it is acknowledged. */
    public static @Nullable Throwable failure(@Nullable Future<RecordMetadata> acknowledgement) {
        try {
            if (acknowledgement == null) {
                return new IllegalStateException("not sent");
            }
            acknowledgement.get();
            return null;
        } catch (ExecutionException e) {
            return e.getCause();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while waiting for an acknowledgement", e);
        }
    }

    private int partitions(String topic) {
        return producer.get().partitionsFor(topic).size();
    }

    /** The same for the same recipients, however often it is announced. */
    private static String name(String epoch, long notification, List<Recipient> some) {
        long first = some.get(0).user();
        long last = some.get(some.size() - 1).user();
        return epoch + ":" + notification + ":" + first + "-" + last + ":" + some.size();
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
