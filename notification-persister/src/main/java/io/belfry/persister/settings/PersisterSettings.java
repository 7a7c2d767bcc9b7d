package io.belfry.persister.settings;

import io.belfry.events.LinkHosts;
import io.belfry.events.Topics;
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
 * @param patience how long a record that fails alone is tried while others are served
 * @param jsonLogs one JSON object a line instead of text
 * @param failpoints faults to be made on purpose; never in production
 */
public record PersisterSettings(
        Listener listener,
        Database database,
        Kafka kafka,
        LinkHosts linkHosts,
        int threads,
        Duration patience,
        boolean jsonLogs,
        Failpoints failpoints) {

    /**
     * Where health and metrics are served.
     *
     * @param address null = all
     * @param port 0 = any free one
     */
    public record Listener(@Nullable String address, int port) {}

    /** @param poolSize most connections */
    public record Database(String url, String user, String password, int poolSize) {

        @Override
        public String toString() {
            return "Database[url=" + url + ", user=" + user + "]";
        }
    }

    /**
     * @param createTopics whether missing topics are made at start
     * @param partitions of a topic that is made; platform topics have one
     * @param replication copies of a topic that is made
     */
    public record Kafka(String bootstrap, Topics topics, boolean createTopics, int partitions, short replication) {}

    /** @throws IllegalArgumentException naming the variable that is wrong */
    public static PersisterSettings fromEnvironment(Map<String, String> environment) {
        Variables variables = new Variables(environment);
        boolean production =
                variables.choice("BELFRY_PROFILE", "", "production").equals("production");
        boolean demo = variables.flag("BELFRY_DEMO", false);
        String address = variables.text("BELFRY_PERSISTER_ADDRESS");
        return new PersisterSettings(
                new Listener(
                        address == null && demo ? "127.0.0.1" : address,
                        variables.number("BELFRY_PERSISTER_PORT", 8082, 0, 65_535)),
                database(variables),
                kafka(variables),
                LinkHosts.of(variables.text("BELFRY_LINK_HOSTS", "")),
                variables.number("BELFRY_PERSISTER_THREADS", 2, 1, 64),
                variables.seconds("BELFRY_PERSISTER_PATIENCE_SECONDS", 300, 1, 86_400),
                variables
                        .choice("BELFRY_LOG_FORMAT", production ? "json" : "text", "text", "json")
                        .equals("json"),
                Failpoints.of(variables));
    }

    private static Database database(Variables variables) {
        String url = variables.text("BELFRY_DATABASE_URL", "jdbc:postgresql://127.0.0.1:15432/belfry");
        if (!url.startsWith("jdbc:postgresql:")) {
            throw Variables.invalid("BELFRY_DATABASE_URL", "must begin with jdbc:postgresql:");
        }
        return new Database(
                url,
                variables.text("BELFRY_DATABASE_USER", "belfry"),
                variables.text("BELFRY_DATABASE_PASSWORD", ""),
                variables.number("BELFRY_DATABASE_POOL_SIZE", 8, 2, 1_000));
    }

    private static Kafka kafka(Variables variables) {
        return new Kafka(
                variables.text("BELFRY_KAFKA_BOOTSTRAP", "127.0.0.1:19092"),
                new Topics(variables.text("BELFRY_KAFKA_TOPIC_PREFIX", "")),
                variables.flag("BELFRY_KAFKA_CREATE_TOPICS", true),
                variables.number("BELFRY_KAFKA_PARTITIONS", 6, 1, 10_000),
                (short) variables.number("BELFRY_KAFKA_REPLICATION", 1, 1, 100));
    }
}
