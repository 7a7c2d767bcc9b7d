package io.belfry.localstack.system;

import static java.util.Map.entry;

import io.belfry.localstack.Infrastructure;
import io.belfry.localstack.process.ControlledProcess;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The servers as the services of one stack see them: what belongs to this stack on them.
 *
 * @param owned whether the servers are started and stopped with the stack
 */
record Backends(Infrastructure servers, boolean owned, String jdbcUrl, String topicPrefix, String redisUrl) {

    private static final AtomicInteger SHARERS = new AtomicInteger();

    /** Redis has so many numbered databases unless it is told otherwise. */
    private static final int REDIS_DATABASES = 16;

    static Backends owning(Infrastructure servers) {
        return new Backends(
                servers, true, servers.postgres().jdbcUrl(), "", servers.redis().url());
    }

    static Backends sharing(Infrastructure servers) {
        int number = SHARERS.incrementAndGet();
        return new Backends(
                servers,
                false,
                servers.postgres().createDatabase(),
                "stack" + ProcessHandle.current().pid() + "-" + number + ".",
                servers.redis().url() + "/" + number % REDIS_DATABASES);
    }

    /** What every service has to know about them. */
    Map<String, String> settings() {
        return Map.ofEntries(
                entry("BELFRY_DATABASE_URL", jdbcUrl),
                entry("BELFRY_DATABASE_USER", servers.postgres().user()),
                entry("BELFRY_DATABASE_PASSWORD", servers.postgres().password()),
                entry("BELFRY_KAFKA_BOOTSTRAP", servers.kafka().bootstrapServers()),
                entry("BELFRY_KAFKA_TOPIC_PREFIX", topicPrefix),
                entry("BELFRY_REDIS_URL", redisUrl));
    }

    /** Those of the stack's own. */
    List<ControlledProcess> processes() {
        return owned ? servers.all() : List.of();
    }
}
