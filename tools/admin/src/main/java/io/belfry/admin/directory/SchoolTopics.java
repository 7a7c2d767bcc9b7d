package io.belfry.admin.directory;

import io.belfry.admin.AdminSettings;
import io.belfry.admin.CommandFailedException;
import io.belfry.admin.PartitionReader;
import io.belfry.events.names.Topics;
import io.belfry.events.wire.EventCodec;
import io.belfry.events.wire.NotificationPublisher;
import io.belfry.events.wire.PlatformRecords;
import io.belfry.events.wire.PoisonException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The school as the platform's three topics have it. */
final class SchoolTopics {

    private static final Pattern KEY = Pattern.compile("([1-9][0-9]{0,15})(?::([1-9][0-9]{0,15}))?");

    /** Few enough that the broker has them all within the time that it has for one. */
    private static final int SENT_AT_ONCE = 500;

    private final AdminSettings settings;
    private final Topics topics;
    private final PlatformRecords records = new PlatformRecords(new EventCodec());

    SchoolTopics(AdminSettings settings) {
        this.settings = settings;
        this.topics = settings.topics();
    }

    /** What they say now of the users, the courses and the courses' members that a file names. */
    School read(School named) {
        School now = new School();
        try (PartitionReader reader = new PartitionReader(settings.kafka())) {
            each(
                    reader,
                    topics.users(),
                    record -> records.user(record).value().map(user -> user.name()),
                    (ids, name) -> {
                        if (named.users().containsKey(ids.first())) {
                            put(now.users(), ids.first(), name);
                        }
                    });
            each(
                    reader,
                    topics.courses(),
                    record -> records.course(record).value().map(course -> course.title()),
                    (ids, title) -> {
                        if (named.courses().containsKey(ids.first())) {
                            put(now.courses(), ids.first(), title);
                        }
                    });
            each(
                    reader,
                    topics.members(),
                    record -> records.member(record)
                            .role()
                            .map(role -> role.wireName().intern()),
                    (ids, role) -> {
                        if (named.courses().containsKey(ids.first())) {
                            put(now.membersOf(ids.first()), ids.second(), role);
                        }
                    });
        }
        return now;
    }

    private record KeyIds(long first, long second) {}

    private static void each(
            PartitionReader reader,
            String topic,
            Function<ConsumerRecord<byte[], byte[]>, Optional<String>> value,
            BiConsumer<KeyIds, Optional<String>> each) {
        var partitions = reader.partitions(topic);
        if (partitions.isEmpty()) {
            throw new CommandFailedException(
                    "there is no topic " + topic + ": the persister makes it when it first starts");
        }
        partitions.forEach(partition ->
                reader.read(partition, reader.beginning(partition), reader.end(partition), record -> {
                    Matcher key =
                            KEY.matcher(record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8));
                    if (!key.matches()) {
                        return;
                    }
                    Optional<String> found;
                    try {
                        found = value.apply(record);
                    } catch (PoisonException e) {
                        // The persister has set it aside and has the one before, which compaction may have taken.
                        found = Optional.of(School.UNREADABLE);
                    }
                    each.accept(
                            new KeyIds(
                                    Long.parseLong(key.group(1)),
                                    key.group(2) == null ? 0 : Long.parseLong(key.group(2))),
                            found);
                }));
    }

    private static void put(Map<Long, String> known, long id, Optional<String> value) {
        value.ifPresentOrElse(text -> known.put(id, text), () -> known.remove(id));
    }

    /**
     * Writes them in order, each acknowledged by all in-sync replicas at the end.
     *
     * @throws KafkaException if that is not known of one; those before it may be there
     */
    void write(Stream<ProducerRecord<byte[], byte[]>> changes) {
        Map<String, Object> producing = new HashMap<>(settings.kafka()
                .with(NotificationPublisher.producerSettings(settings.kafka().bootstrap())));
        AtomicReference<KafkaException> failed = new AtomicReference<>();
        try (Producer<byte[], byte[]> producer =
                new KafkaProducer<>(producing, new ByteArraySerializer(), new ByteArraySerializer())) {
            AtomicInteger sent = new AtomicInteger();
            // Its iterator would hold all of them at once.
            changes.forEachOrdered(change -> {
                var unused = producer.send(change, (metadata, failure) -> {
                    if (failure != null) {
                        failed.compareAndSet(null, new KafkaException(failure));
                    }
                });
                if (sent.incrementAndGet() % SENT_AT_ONCE == 0) {
                    awaitAll(producer, failed);
                }
            });
            awaitAll(producer, failed);
        }
    }

    private static void awaitAll(Producer<byte[], byte[]> producer, AtomicReference<KafkaException> failed) {
        producer.flush();
        KafkaException failure = failed.get();
        if (failure != null) {
            throw failure;
        }
    }
}
