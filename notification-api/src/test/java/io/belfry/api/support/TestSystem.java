package io.belfry.api.support;

import io.belfry.events.names.Topics;
import io.belfry.kit.servers.TestServers;
import io.belfry.localstack.Infrastructure;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * One node with a database and topics of its own, shared by the tests of this JVM that break nothing: each takes ids that
 * no other has.
 */
public final class TestSystem {

    private static final class Holder {
        static final TestSystem SHARED = new TestSystem(TestDatabase.migrated());
    }

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

    public Api as(String token) {
        return Api.of(node.url(), token);
    }

    public Api asUser(long id) {
        return as(Tokens.user(id));
    }

    public Api anonymous() {
        return Api.anonymous(node.url());
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
        environment.put("BELFRY_JWT_SECRET", Tokens.SECRET);
        environment.put("BELFRY_LINK_HOSTS", "learn.example.org");
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
                    .get();
        } catch (Exception e) {
            throw new IllegalStateException("topics cannot be made", e);
        }
        return topics;
    }
}
