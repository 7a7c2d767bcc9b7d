package io.belfry.api.support;

import io.belfry.events.NotificationRequested;
import io.belfry.events.names.Topics;
import io.belfry.events.wire.Event;
import io.belfry.events.wire.EventCodec;
import io.belfry.events.wire.EventType;
import io.belfry.kit.kafka.TopicReader;
import io.belfry.kit.servers.TestServers;
import io.belfry.kit.tokens.Tokens;
import io.belfry.localstack.Infrastructure;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * One node with a database and topics of its own, shared by the tests of this JVM that break nothing: each takes ids that
 * no other has.
 */
public final class TestSystem {

    private static final class Holder {
        static final TestSystem SHARED = new TestSystem(TestDatabase.migrated());
    }

    public static final String SECRET = "a secret of the tests, long enough for HS256";

    public static final Tokens TOKENS = new Tokens(SECRET);

    private static final AtomicLong IDS = new AtomicLong(1_000);
    private static final AtomicLong PREFIXES = new AtomicLong();

    private final TestDatabase database;
    private final Topics topics;
    private final ApiNode node;

    private TestSystem(TestDatabase database) {
        this.database = database;
        this.topics = createTopics();
        this.node = ApiNode.start(environment());
    }

    public static TestSystem shared() {
        return Holder.SHARED;
    }

    public TestDatabase database() {
        return database;
    }

    public Topics topics() {
        return topics;
    }

    public ApiNode node() {
        return node;
    }

    /** A new id, for a user or a course. */
    public static long newId() {
        return IDS.incrementAndGet();
    }

    public Api as(@Nullable String token) {
        return node.as(token);
    }

    public Api asUser(long id) {
        return as(TOKENS.user(id));
    }

    public Api admin() {
        return as(TOKENS.admin(newId()));
    }

    public Api service(String name) {
        return as(TOKENS.service(name));
    }

    public Api anonymous() {
        return as(null);
    }

    /** All sends that are in Kafka now and fit. */
    public List<Event<NotificationRequested>> sends(Predicate<NotificationRequested> fits) {
        return events(topics.requested(), EventType.NOTIFICATION_REQUESTED, fits);
    }

    /** All events that are in the topic now and fit, as a consumer decodes them by the contract. */
    public <T> List<Event<T>> events(String topic, EventType<T> type, Predicate<T> fits) {
        return records(topic).stream()
                .map(record -> new EventCodec().decode(record, type))
                .filter(event -> fits.test(event.data()))
                .toList();
    }

    public List<ConsumerRecord<byte[], byte[]>> records(String topic) {
        try (TopicReader reader = new TopicReader(TestServers.shared().kafka().bootstrapServers(), topic)) {
            return reader.readOn();
        }
    }

    /** What another node of this system is started with. */
    public Map<String, String> environment() {
        Infrastructure servers = TestServers.shared();
        Map<String, String> environment = new HashMap<>();
        environment.put("BELFRY_API_PORT", "0");
        environment.put("BELFRY_API_ADDRESS", "127.0.0.1");
        environment.put("BELFRY_API_DRAIN_SECONDS", "0");
        environment.put("BELFRY_DATABASE_URL", database.url());
        environment.put("BELFRY_DATABASE_USER", servers.postgres().user());
        environment.put("BELFRY_DATABASE_PASSWORD", servers.postgres().password());
        environment.put("BELFRY_KAFKA_BOOTSTRAP", servers.kafka().bootstrapServers());
        environment.put("BELFRY_KAFKA_TOPIC_PREFIX", topics.prefix());
        environment.put("BELFRY_REDIS_URL", servers.redis().url());
        environment.put("BELFRY_JWT_SECRET", SECRET);
        environment.put("BELFRY_LINK_HOSTS", "learn.example.org");
        environment.put("BELFRY_TRUSTED_PROXIES", "127.0.0.1");
        environment.put("BELFRY_CORS_ORIGINS", "https://app.example.org");
        return environment;
    }

    private static Topics createTopics() {
        Topics topics = new Topics("api-" + ProcessHandle.current().pid() + "-" + PREFIXES.incrementAndGet() + "-");
        try (Admin admin = Admin.create(
                Map.of("bootstrap.servers", TestServers.shared().kafka().bootstrapServers()))) {
            admin.createTopics(List.of(
                            new NewTopic(topics.requested(), 2, (short) 1),
                            new NewTopic(topics.changed(), 2, (short) 1)))
                    .all()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
        }
        return topics;
    }
}
