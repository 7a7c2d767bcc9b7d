package io.belfry.admin.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.admin.AdminSettings;
import io.belfry.admin.Outcome;
import io.belfry.admin.Schema;
import io.belfry.events.names.Topics;
import io.belfry.kit.database.Database;
import io.belfry.kit.servers.TestServers;
import io.belfry.localstack.Infrastructure;
import io.belfry.runtime.kafka.KafkaAccess;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On the persister's schema, which has no other owner. */
class NewEpochIT {

    private static final long SKIPPED = 10_000_000_000L;

    private final Infrastructure servers = TestServers.shared();
    private final Map<String, Object> kafka =
            Map.of("bootstrap.servers", servers.kafka().bootstrapServers());
    private final Topics topics = new Topics("epoch" + System.nanoTime() + ".");
    private final String group = topics.prefix() + "notification-persister";
    private final String url = servers.postgres().createDatabase();
    private final Database database = new Database(url, servers.postgres().user(), "");

    @BeforeEach
    void anInstallation() throws Exception {
        try (Admin admin = Admin.create(kafka)) {
            admin.createTopics(Stream.of(topics.requested(), topics.commands())
                            .map(topic -> new NewTopic(topic, 1, (short) 1))
                            .toList())
                    .all()
                    .get();
        }
        Schema.create(url, servers.postgres().user());
    }

    @Test
    void refusesBesideAPersister() throws Exception {
        String before = database.epoch();
        try (KafkaConsumer<byte[], byte[]> persister = member()) {
            Outcome refused = run();
            assertThat(refused.exitCode()).isEqualTo(1);
            assertThat(refused.errors())
                    .startsWith("new-epoch: a persister runs")
                    .hasLineCount(1);
            assertThat(database.epoch()).isEqualTo(before);
            assertThat(nextId()).isLessThan(SKIPPED);

            assertThat(run("--running").exitCode()).isZero();
            assertThat(database.epoch()).isNotEqualTo(before).matches("[A-Za-z0-9_-]{1,64}");
            assertThat(nextId()).isGreaterThan(SKIPPED);
            assertThat(persister.groupMetadata().groupId()).isEqualTo(group);
        }
    }

    @Test
    void idsGoOnAboveThoseThatWereGivenOutAndCommandsSoFarAreNotApplied() throws Exception {
        send(topics.commands());
        send(topics.commands());

        assertThat(run().exitCode()).isZero();

        assertThat(database.count(
                        "SELECT next_offset FROM command_position WHERE topic = ? AND partition = 0",
                        topics.commands()))
                .isEqualTo(2);
        assertThat(nextId()).isGreaterThan(SKIPPED);
        assertThat(run().exitCode()).isZero();
        assertThat(nextId()).isGreaterThan(2 * SKIPPED);
    }

    @Test
    void saysOnItsOutputWhatItDidAndMovesTheGroupBack() throws Exception {
        Instant before = Instant.now().minusSeconds(1);
        send(topics.requested());

        Outcome outcome = run("--since", before.toString());

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.output().lines())
                .satisfiesExactly(
                        line -> assertThat(line)
                                .startsWith("epoch " + database.epoch() + "; notifications from now on above ")
                                .endsWith(" are not applied"),
                        line -> assertThat(line)
                                .isEqualTo("requests are handled again from {" + topics.requested() + "-0=0}"));
        assertThat(outcome.errors()).isEmpty();
        try (Admin admin = Admin.create(kafka)) {
            assertThat(admin.listConsumerGroupOffsets(group)
                            .partitionsToOffsetAndMetadata()
                            .get()
                            .values())
                    .singleElement()
                    .satisfies(offset -> assertThat(offset.offset()).isZero());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--since", "--since yesterday", "--now", "--running --since 2026-01-01T00:00:00Z"})
    void aWrongCallIsOneLineAndChangesNothing(String arguments) {
        String before = database.epoch();

        Outcome outcome = run(arguments.split(" "));

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.errors()).hasLineCount(1);
        assertThat(outcome.output()).isEmpty();
        assertThat(database.epoch()).isEqualTo(before);
    }

    private Outcome run(String... options) {
        return Outcome.of(
                new AdminSettings(
                        KafkaAccess.plain(servers.kafka().bootstrapServers()),
                        topics,
                        url,
                        servers.postgres().user(),
                        ""),
                Stream.concat(Stream.of("new-epoch"), Stream.of(options)).toArray(String[]::new));
    }

    /** A member of the group that handles requests. */
    private KafkaConsumer<byte[], byte[]> member() {
        KafkaConsumer<byte[], byte[]> member = new KafkaConsumer<>(
                Map.of("bootstrap.servers", servers.kafka().bootstrapServers(), "group.id", group),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        member.subscribe(List.of(topics.requested()));
        while (member.assignment().isEmpty()) {
            member.poll(Duration.ofMillis(100));
        }
        return member;
    }

    private void send(String topic) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(kafka, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, new byte[] {1})).get();
        }
    }

    private long nextId() {
        return database.count("SELECT nextval(pg_get_serial_sequence('notification', 'id'))");
    }
}
