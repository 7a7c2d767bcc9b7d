package io.belfry.persister.startup;

import io.belfry.events.LinkHosts;
import io.belfry.events.names.Topics;
import io.belfry.persister.retention.RetentionPeriods;
import io.belfry.runtime.kafka.KafkaAccess;
import io.belfry.runtime.logging.LogFormat;
import io.belfry.runtime.postgres.PostgresSettings;
import io.belfry.runtime.settings.Failpoints;
import io.belfry.runtime.settings.Variables;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How this installation's persister is set up; always valid. The README lists every variable.
 *
 * @param linkHosts where {@code data.url} may lead beside the page's own host
 * @param threads how many requests are handled side by side
 * @param retryBudget how long a record that fails alone is tried while others are stored
 * @param failpoints faults to be made on purpose; never in production
 */
public record PersisterSettings(
        Listener listener,
        PostgresSettings database,
        Kafka kafka,
        LinkHosts linkHosts,
        int threads,
        Duration retryBudget,
        RetentionPeriods retention,
        Failpoints failpoints) {

    /**
     * Where health and metrics are served.
     *
     * @param address null = all
     * @param port 0 = any free one
     */
    public record Listener(@Nullable String address, int port) {}

    /**
     * @param createTopics whether missing topics are made at start
     * @param partitions of a topic that is made; platform topics have one
     * @param replication copies of a topic that is made
     */
    public record Kafka(KafkaAccess access, Topics topics, boolean createTopics, int partitions, short replication) {}

    /** @throws IllegalArgumentException naming the variable that is wrong */
    public static PersisterSettings fromEnvironment(Map<String, String> environment) {
        Variables variables = new Variables(environment);
        variables.choice("BELFRY_PROFILE", "", "production");
        LogFormat.check(variables);
        boolean demo = variables.flag("BELFRY_DEMO", false);
        String address = variables.text("BELFRY_PERSISTER_ADDRESS");
        return new PersisterSettings(
                new Listener(
                        address == null && demo ? "127.0.0.1" : address,
                        variables.number("BELFRY_PERSISTER_PORT", 8082, 0, 65_535)),
                PostgresSettings.of(variables, 2),
                kafka(variables),
                LinkHosts.of(variables.text("BELFRY_LINK_HOSTS", "")),
                variables.number("BELFRY_PERSISTER_THREADS", 2, 1, 64),
                variables.seconds("BELFRY_PERSISTER_PATIENCE_SECONDS", 300, 1, 86_400),
                RetentionPeriods.of(variables),
                Failpoints.of(variables));
    }

    private static Kafka kafka(Variables variables) {
        return new Kafka(
                KafkaAccess.of(variables),
                new Topics(variables.text("BELFRY_KAFKA_TOPIC_PREFIX", "")),
                variables.flag("BELFRY_KAFKA_CREATE_TOPICS", true),
                variables.number("BELFRY_KAFKA_PARTITIONS", 6, 1, 10_000),
                (short) variables.number("BELFRY_KAFKA_REPLICATION", 1, 1, 100));
    }
}
