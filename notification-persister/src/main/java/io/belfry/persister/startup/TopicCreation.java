package io.belfry.persister.startup;

import io.belfry.events.names.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.record.TimestampType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the topics that are missing; those that exist stay as their operator made them. */
public final class TopicCreation {

    private static final Logger LOG = LoggerFactory.getLogger(TopicCreation.class);

    private static final Duration TIME_LIMIT = Duration.ofSeconds(10);
    private static final int MEBIBYTE = 1024 * 1024;

    // Longer than any outage of the persister, and for dead letters: time for a person to look.
    private static final Duration REQUESTS_KEPT = Duration.ofDays(7);
    private static final Duration DEAD_LETTERS_KEPT = Duration.ofDays(30);
    // A gateway reads from the end; a client that missed something asks the inbox.
    private static final Duration ANNOUNCEMENTS_KEPT = Duration.ofDays(1);

    // A database that is put back has to hear again who left since: a backup is of no use when it is older than this.
    private static final Duration DELETIONS_KEPT = Duration.ofDays(90);

    private static final Map<String, String> COMPACTED = Map.of(
            TopicConfig.CLEANUP_POLICY_CONFIG,
            TopicConfig.CLEANUP_POLICY_COMPACT,
            TopicConfig.DELETE_RETENTION_MS_CONFIG,
            Long.toString(DELETIONS_KEPT.toMillis()));

    private final Supplier<Admin> admin;
    private final PersisterSettings.Kafka settings;

    public TopicCreation(Supplier<Admin> admin, PersisterSettings.Kafka settings) {
        this.admin = admin;
        this.settings = settings;
    }

    /** @throws KafkaException if the broker is out of reach or refuses */
    public void createMissing() {
        try {
            var existing = admin.get().listTopics().names().get(TIME_LIMIT.toSeconds(), TimeUnit.SECONDS);
            List<NewTopic> missing = wanted().stream()
                    .filter(topic -> !existing.contains(topic.name()))
                    .toList();
            if (missing.isEmpty()) {
                return;
            }
            if (!settings.createTopics()) {
                throw new KafkaException("BELFRY_KAFKA_CREATE_TOPICS is false and these topics are missing: "
                        + missing.stream().map(NewTopic::name).toList());
            }
            create(missing);
        } catch (ExecutionException e) {
            throw new KafkaException("topics cannot be made: " + e.getMessage(), e.getCause());
        } catch (TimeoutException e) {
            throw new KafkaException("the broker does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted", e);
        }
    }

    private void create(List<NewTopic> missing) throws ExecutionException, InterruptedException, TimeoutException {
        for (var creation : admin.get().createTopics(missing).values().entrySet()) {
            try {
                creation.getValue().get(TIME_LIMIT.toSeconds(), TimeUnit.SECONDS);
                LOG.info("Made the topic {}", creation.getKey());
            } catch (ExecutionException e) {
                // Another persister that starts at the same time was quicker.
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw e;
                }
            }
        }
    }

    private List<NewTopic> wanted() {
        Topics topics = settings.topics();
        List<NewTopic> wanted = new ArrayList<>();
        wanted.add(topic(topics.requested(), settings.partitions(), kept(REQUESTS_KEPT), MEBIBYTE));
        wanted.add(topic(topics.stored(), settings.partitions(), kept(ANNOUNCEMENTS_KEPT), MEBIBYTE));
        wanted.add(topic(topics.commands(), settings.partitions(), kept(REQUESTS_KEPT), MEBIBYTE));
        wanted.add(topic(topics.changed(), settings.partitions(), kept(ANNOUNCEMENTS_KEPT), MEBIBYTE));
        wanted.add(topic(topics.erasures(), 1, kept(DEAD_LETTERS_KEPT), MEBIBYTE));
        for (String platform : topics.platform()) {
            wanted.add(topic(platform, 1, COMPACTED, MEBIBYTE));
        }
        for (String consumed : topics.consumedByPersister()) {
            int partitions = topics.platform().contains(consumed) ? 1 : settings.partitions();
            // A dead letter is its record with more headers, so it needs more room than its record had.
            wanted.add(topic(Topics.deadLetter(consumed), partitions, kept(DEAD_LETTERS_KEPT), 2 * MEBIBYTE));
        }
        return wanted;
    }

    private NewTopic topic(String name, int partitions, Map<String, String> configs, int maxMessageBytes) {
        Map<String, String> all = new LinkedHashMap<>(configs);
        all.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(maxMessageBytes));
        // By a producer's clock, an event of a wrong one would be deleted unread, or refused.
        all.put(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, TimestampType.LOG_APPEND_TIME.name);
        if (settings.replication() >= 3) {
            // With acks=all: an acknowledged event survives the loss of a broker.
            all.put(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, "2");
        }
        return new NewTopic(name, Optional.of(partitions), Optional.of(settings.replication())).configs(all);
    }

    private static Map<String, String> kept(Duration time) {
        return Map.of(TopicConfig.RETENTION_MS_CONFIG, Long.toString(time.toMillis()));
    }
}
