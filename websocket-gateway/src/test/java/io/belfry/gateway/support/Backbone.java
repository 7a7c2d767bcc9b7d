package io.belfry.gateway.support;

import io.belfry.events.EventId;
import io.belfry.events.InboxChanged;
import io.belfry.events.NotificationData;
import io.belfry.events.NotificationStored;
import io.belfry.events.NotificationStored.Content;
import io.belfry.events.NotificationStored.Recipient;
import io.belfry.events.NotificationType;
import io.belfry.events.names.Topics;
import io.belfry.events.names.UserPartition;
import io.belfry.events.platform.UserErased;
import io.belfry.events.wire.Event;
import io.belfry.events.wire.EventCodec;
import io.belfry.events.wire.EventType;
import io.belfry.events.wire.NotificationPublisher;
import io.belfry.kit.servers.TestServers;
import io.belfry.localstack.Infrastructure;
import io.belfry.localstack.KafkaServer;
import io.belfry.localstack.RedisServer;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The real Kafka and Redis around the gateways of one test class, with topics of its own, and what others say there. */
public final class Backbone implements AutoCloseable {

    public static final String EPOCH = "7c1f";

    private final int partitions;
    private final KafkaServer kafka;
    private final RedisServer redis;
    private final Topics topics = new Topics("t" + UUID.randomUUID().toString().substring(0, 8) + ".");
    private final EventCodec codec = new EventCodec();
    private final Admin admin;
    private final Producer<byte[], byte[]> producer;
    private final RedisClient redisClient;
    private final RedisCommands<String, String> redisCommands;

    private Backbone(KafkaServer kafka, RedisServer redis, int partitions) {
        this.partitions = partitions;
        this.kafka = kafka;
        this.redis = redis;
        this.admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers()));
        Map<String, Object> settings = new HashMap<>(NotificationPublisher.producerSettings(kafka.bootstrapServers()));
        // KAFKA-15591: of a topic that has just been made, the first of several can be lost.
        settings.put("max.in.flight.requests.per.connection", 1);
        this.producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        this.redisClient = RedisClient.create(redis.url());
        this.redisCommands = redisClient.connect().sync();
    }

    /** On the servers of these tests, topics included. */
    public static Backbone create() {
        return create(3);
    }

    /** As {@link #create()}, each topic with so many partitions. */
    public static Backbone create(int partitions) {
        Backbone backbone = withoutTopics(TestServers.shared(), partitions);
        backbone.createTopics();
        return backbone;
    }

    /** On these servers; they are started if they are not. */
    public static Backbone withoutTopics(Infrastructure servers) {
        return withoutTopics(servers, 3);
    }

    private static Backbone withoutTopics(Infrastructure servers, int partitions) {
        KafkaServer kafka = servers.kafka();
        RedisServer redis = servers.redis();
        kafka.start();
        redis.start();
        return new Backbone(kafka, redis, partitions);
    }

    public KafkaServer kafka() {
        return kafka;
    }

    public RedisServer redisServer() {
        return redis;
    }

    public RedisCommands<String, String> redis() {
        return redisCommands;
    }

    public Topics topics() {
        return topics;
    }

    private List<String> names() {
        return List.of(topics.stored(), topics.changed(), topics.commands(), topics.erasures());
    }

    private static void done(Future<?> call) {
        try {
            call.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    public void createTopics() {
        done(admin.createTopics(names().stream()
                        .map(topic -> new NewTopic(topic, partitions, (short) 1))
                        .toList())
                .all());
    }

    /** Everything in these topics is gone, and their offsets begin anew. */
    public void recreateTopics() {
        done(admin.deleteTopics(names()).all());
        createTopics();
    }

    public void addPartitions(String topic, int total) {
        done(admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(total)))
                .all());
    }

    /** A notification of this id for these users. */
    public void store(long id, Recipient... recipients) {
        store(content(id, "Slides are up."), recipients);
    }

    public void store(Content content, Recipient... recipients) {
        store(UserPartition.of(recipients[0].user(), partitions), EPOCH, content, recipients);
    }

    /** In a partition and a history that may be others than those of all the rest. */
    public void store(int partition, String epoch, Content content, Recipient... recipients) {
        NotificationStored stored = new NotificationStored(epoch, content, List.of(recipients));
        publish(topics.stored(), partition, EventType.NOTIFICATION_STORED, stored);
    }

    public void change(InboxChanged change) {
        publish(topics.changed(), UserPartition.of(change.user(), partitions), EventType.INBOX_CHANGED, change);
    }

    public void erase(long user) {
        publish(topics.erasures(), 0, EventType.USER_ERASED, new UserErased(user));
    }

    public static Content content(long id, String message) {
        return new Content(
                id,
                3L,
                "Ines Costa",
                null,
                NotificationType.COURSE_UPDATE,
                "Week 5",
                message,
                NotificationData.EMPTY,
                42L,
                "Algebra",
                false,
                Instant.parse("2026-11-23T10:15:30.123Z"));
    }

    private <T> void publish(String topic, int partition, EventType<T> type, T data) {
        EventId id = new EventId("/persister", UUID.randomUUID().toString());
        send(codec.encode(topic, null, partition, Event.of(id, type, Instant.now(), data)));
    }

    /** Anything at all; waits for the acknowledgement. */
    public void send(ProducerRecord<byte[], byte[]> record) {
        done(producer.send(record));
    }

    @Override
    public void close() {
        producer.close();
        admin.close();
        redisClient.shutdown();
    }
}
