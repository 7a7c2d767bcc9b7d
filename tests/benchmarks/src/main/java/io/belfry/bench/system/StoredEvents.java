package io.belfry.bench.system;

import io.belfry.events.EventId;
import io.belfry.events.NotificationData;
import io.belfry.events.NotificationStored;
import io.belfry.events.NotificationStored.Recipient;
import io.belfry.events.NotificationType;
import io.belfry.events.names.Topics;
import io.belfry.events.names.UserPartition;
import io.belfry.events.wire.Event;
import io.belfry.events.wire.EventCodec;
import io.belfry.events.wire.EventType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** What a persister announces, without a persister: as many records, of the same bytes. */
public final class StoredEvents implements AutoCloseable {

    private final KafkaProducer<byte[], byte[]> producer;
    private final String topic;
    private final String epoch;
    private final EventCodec codec = new EventCodec();
    private final List<Future<RecordMetadata>> underWay = new ArrayList<>();
    private long notification = 1_000_000_000L;

    public StoredEvents(Belfry belfry) {
        this.producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        belfry.stack().infrastructure().kafka().bootstrapServers(),
                        "acks",
                        "all",
                        "linger.ms",
                        0,
                        "buffer.memory",
                        64 * 1024 * 1024),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        this.topic = new Topics(belfry.stack().topicPrefix()).stored();
        this.epoch = belfry.database().epoch();
        producer.partitionsFor(topic);
    }

    /** The records of one notification to these users. */
    public List<ProducerRecord<byte[], byte[]>> of(long firstUser, int users, String message) {
        notification++;
        NotificationStored.Content content = new NotificationStored.Content(
                notification,
                100L,
                "Instructor 100",
                null,
                NotificationType.COURSE_UPDATE,
                "The room has changed",
                message,
                NotificationData.EMPTY,
                1L,
                "A course",
                false,
                Instant.now());
        int partitions = producer.partitionsFor(topic).size();
        Map<Integer, List<Recipient>> byPartition = LongStream.range(firstUser, firstUser + users)
                .mapToObj(user -> new Recipient(user, notification, 1))
                .collect(Collectors.groupingBy(
                        recipient -> UserPartition.of(recipient.user(), partitions),
                        TreeMap::new,
                        Collectors.toList()));
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        byPartition.forEach((partition, all) -> {
            for (int from = 0; from < all.size(); from += NotificationStored.MAX_RECIPIENTS) {
                List<Recipient> some =
                        all.subList(from, Math.min(all.size(), from + NotificationStored.MAX_RECIPIENTS));
                records.add(codec.encode(
                        topic,
                        null,
                        partition,
                        Event.of(
                                new EventId(
                                        EventId.OF_PERSISTER,
                                        notification + ":" + some.get(0).user()),
                                EventType.NOTIFICATION_STORED,
                                Instant.now(),
                                new NotificationStored(epoch, content, some))));
            }
        });
        return records;
    }

    /** Hands them to Kafka. */
    public void publish(List<ProducerRecord<byte[], byte[]>> records) {
        records.forEach(record -> underWay.add(producer.send(record)));
    }

    /** Waits until Kafka has them. */
    public void await() {
        producer.flush();
        underWay.clear();
    }

    @Override
    public void close() {
        producer.close();
    }
}
