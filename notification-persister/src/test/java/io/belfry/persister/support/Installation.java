package io.belfry.persister.support;

import io.belfry.events.EventId;
import io.belfry.events.InboxCommand;
import io.belfry.events.NotificationRequested;
import io.belfry.events.names.Topics;
import io.belfry.events.wire.Event;
import io.belfry.events.wire.EventCodec;
import io.belfry.events.wire.EventType;
import io.belfry.events.wire.NotificationPublisher;
import io.belfry.kit.database.Database;
import io.belfry.kit.kafka.Events;
import io.belfry.kit.kafka.TopicReader;
import io.belfry.kit.servers.TestServers;
import io.belfry.localstack.Infrastructure;
import io.belfry.persister.startup.PersisterSettings;
import io.belfry.persister.startup.SchemaMigration;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A database and topics that no other test has, on the servers of this JVM's tests. */
public final class Installation implements AutoCloseable {

    private final EventCodec codec = new EventCodec();
    private final Infrastructure servers = TestServers.shared();
    private final String databaseUrl = servers.postgres().createDatabase();
    private final Topics topics = new Topics("t" + UUID.randomUUID().toString().substring(0, 8) + ".");
    private final Producer<byte[], byte[]> producer = new KafkaProducer<>(
            producerSettings(servers.kafka().bootstrapServers()), new ByteArraySerializer(), new ByteArraySerializer());

    private final Events events = new Events(servers.kafka().bootstrapServers(), topics.prefix());
    private final Admin admin =
            Admin.create(Map.of("bootstrap.servers", servers.kafka().bootstrapServers()));

    private static Map<String, Object> producerSettings(String bootstrap) {
        Map<String, Object> settings = new HashMap<>(NotificationPublisher.producerSettings(bootstrap));
        settings.put("max.request.size", 3 * 1024 * 1024);
        settings.put("max.block.ms", 20_000);
        settings.put("delivery.timeout.ms", 60_000);
        settings.put("linger.ms", 5);
        // KAFKA-15591: of a topic that has just been made, the first of several can be lost.
        settings.put("max.in.flight.requests.per.connection", 1);
        return settings;
    }

    public Infrastructure servers() {
        return servers;
    }

    public Topics topics() {
        return topics;
    }

    public String databaseUrl() {
        return databaseUrl;
    }

    public Producer<byte[], byte[]> producer() {
        return producer;
    }

    /** The topics as the platform writes them. */
    public Events events() {
        return events;
    }

    /** The truth, on a connection of its own for every statement. */
    public JdbcClient jdbc() {
        return JdbcClient.create(
                new DriverManagerDataSource(databaseUrl, servers.postgres().user(), ""));
    }

    public Database database() {
        return new Database(databaseUrl, servers.postgres().user(), "");
    }

    /** What another session has under way: this statement is done, and nothing more until it is closed. */
    public Connection transaction(String sql) throws SQLException {
        Connection connection =
                DriverManager.getConnection(databaseUrl, servers.postgres().user(), "");
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
        return connection;
    }

    /**
     * The variables of a persister of this installation.
     *
     * @param more names and values in turns
     */
    public Map<String, String> environment(String... more) {
        Map<String, String> environment = new HashMap<>();
        environment.put("BELFRY_PERSISTER_PORT", "0");
        environment.put("BELFRY_PERSISTER_ADDRESS", "127.0.0.1");
        environment.put("BELFRY_DATABASE_URL", databaseUrl);
        environment.put("BELFRY_DATABASE_USER", servers.postgres().user());
        environment.put("BELFRY_KAFKA_BOOTSTRAP", servers.kafka().bootstrapServers());
        environment.put("BELFRY_KAFKA_TOPIC_PREFIX", topics.prefix());
        environment.put("BELFRY_KAFKA_PARTITIONS", "3");
        for (int i = 0; i < more.length; i += 2) {
            environment.put(more[i], more[i + 1]);
        }
        return environment;
    }

    /** @param more as {@link #environment} */
    public PersisterSettings settings(String... more) {
        return PersisterSettings.fromEnvironment(environment(more));
    }

    /** Makes the schema, for tests without a persister. */
    public Installation migrated() {
        new SchemaMigration(settings().database()).migrate();
        return this;
    }

    /** Unless it is there. */
    public void createTopic(String name, int partitions) {
        try {
            if (!admin.listTopics().names().get().contains(name)) {
                admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1)))
                        .all()
                        .get();
            }
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    public Future<RecordMetadata> publish(EventId id, NotificationRequested request) {
        return producer.send(request(null, id, request));
    }

    /** @param partition null = whichever */
    public ProducerRecord<byte[], byte[]> request(Integer partition, EventId id, NotificationRequested request) {
        return codec.encode(
                topics.requested(),
                null,
                partition,
                Event.of(id, EventType.NOTIFICATION_REQUESTED, Instant.now(), request));
    }

    public void command(InboxCommand command) {
        EventId id = new EventId("/gateway", UUID.randomUUID().toString());
        acknowledged(producer.send(
                record(topics.commands(), Long.toString(command.user()), id, EventType.INBOX_COMMAND, command)));
    }

    /** As it would be published. */
    public <T> ProducerRecord<byte[], byte[]> record(String topic, String key, EventId id, EventType<T> type, T data) {
        byte[] keyBytes = key == null ? null : key.getBytes(StandardCharsets.UTF_8);
        return codec.encode(topic, keyBytes, null, Event.of(id, type, Instant.now(), data));
    }

    /** A record by hand. */
    public RecordMetadata send(String topic, String key, byte[] value, Map<String, String> headers) {
        List<Header> list = headers.entrySet().stream()
                .<Header>map(header ->
                        new RecordHeader(header.getKey(), header.getValue().getBytes(StandardCharsets.UTF_8)))
                .toList();
        return acknowledged(producer.send(new ProducerRecord<>(
                topic, null, key == null ? null : key.getBytes(StandardCharsets.UTF_8), value, list)));
    }

    public static <T> T acknowledged(Future<T> future) {
        try {
            return future.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Everything in a topic as of now, in order within each partition. */
    public List<ConsumerRecord<byte[], byte[]>> read(String topic) {
        try (TopicReader reader = new TopicReader(servers.kafka().bootstrapServers(), topic)) {
            return reader.readOn();
        }
    }

    /** What is set aside of the requests. */
    public List<ConsumerRecord<byte[], byte[]>> deadLetters() {
        return read(Topics.deadLetter(topics.requested()));
    }

    public Admin admin() {
        return admin;
    }

    /** The next offset of a group of persisters in each partition of a topic; 0 where it has committed none. */
    public Map<Integer, Long> committed(String group, String topic) {
        Map<Integer, Long> committed = new HashMap<>();
        try {
            admin.listConsumerGroupOffsets(topics.prefix() + group)
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .forEach((partition, offset) -> {
                        if (partition.topic().equals(topic)) {
                            committed.put(partition.partition(), offset.offset());
                        }
                    });
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
        return committed;
    }

    /** A producer of its own, with Kafka's settings and these. */
    public KafkaProducer<byte[], byte[]> producer(Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>(settings);
        all.put("bootstrap.servers", servers.kafka().bootstrapServers());
        return new KafkaProducer<>(all, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    public void close() {
        producer.close();
        admin.close();
    }
}
