package io.belfry.persister;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.events.EventId;
import io.belfry.events.names.Topics;
import io.belfry.kit.kafka.Events;
import io.belfry.persister.support.Installation;
import io.belfry.persister.support.PersisterTest;
import io.belfry.persister.support.Requests;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The dead-letter topic is missing or takes nothing: poison keeps its place in its partition, all other records go
 * on, a figure shows it, and once the topic takes dead letters again each is there once.
 */
class DeadLettersRefusedIT extends PersisterTest {

    private static final int PARTITIONS = 3;

    /** What the broker itself refuses a dead letter for: a setting of its topic, and how it is mended. */
    private record Refusal(String setting, String bad, String good) {}

    private static final Refusal MISSING = new Refusal("", "", "");
    private static final Refusal TOO_SMALL = new Refusal("max.message.bytes", "10", "2097152");

    static Stream<Refusal> refusals() {
        return Stream.of(MISSING, TOO_SMALL, new Refusal("cleanup.policy", "compact", "delete")); // it has no key
    }

    private final String requested = installation.topics().requested();
    private final String letters = Topics.deadLetter(requested);
    private final Admin admin = installation.admin();

    @BeforeEach
    void startOne() {
        // One thread, which reads all partitions: if poison held up a record, it would hold up all.
        start("BELFRY_PERSISTER_THREADS", "1");
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void holdsPoisonInItsPlaceAndNoOtherRecord(Refusal refusal) throws Exception {
        awaitCommitted(ends());
        Map<Integer, Long> before = ends();
        int lettersBefore = letters().size();
        double counted = figure("belfry_dead_letters_total");
        begin(refusal);

        List<Long> users = new ArrayList<>();
        users.add(good(0));
        String poison = bad(0);
        users.add(good(0));
        users.add(good(1));
        users.add(good(2));
        awaitStored(users);
        eventually().until(() -> figure("belfry_dead_letters_waiting") == 1);
        // While it waits, others come.
        users.add(good(0));
        users.add(good(1));
        users.add(good(2));
        awaitStored(users);
        Map<Integer, Long> passed = new HashMap<>(ends());
        passed.put(0, before.get(0) + 1);
        awaitCommitted(passed);
        assertThat(figure("belfry_dead_letters_total")).isEqualTo(counted);
        assertThat(status("/actuator/health/readiness")).isEqualTo(200);

        end(refusal);
        awaitCommitted(ends());
        assertThat(figure("belfry_dead_letters_waiting")).isZero();
        assertThat(figure("belfry_dead_letters_total")).isEqualTo(counted + 1);
        assertThat(letters().stream().filter(poison::equals)).as("each once").hasSize(1);
        assertThat(letters()).hasSize(refusal == MISSING ? 1 : lettersBefore + 1);
        assertInboxesAreExact();
    }

    @Test
    void isMetAgainByTheProcessThatComesInstead() throws Exception {
        awaitCommitted(ends());
        Map<Integer, Long> before = ends();
        begin(TOO_SMALL);
        String poison = bad(0);
        List<Long> users = new ArrayList<>(List.of(good(0)));
        awaitStored(users);
        eventually().until(() -> figure("belfry_dead_letters_waiting") == 1);
        startOne();
        users.add(good(0));
        users.add(good(1));
        awaitStored(users);
        eventually().until(() -> figure("belfry_dead_letters_waiting") == 1);
        assertThat(committed()).containsEntry(0, before.get(0));

        end(TOO_SMALL);
        awaitCommitted(ends());
        assertThat(letters().stream().filter(poison::equals)).hasSize(1);
        assertInboxesAreExact();
    }

    @Test
    void keepsALargeRecordWholeAndOfOneThatDoesNotFitTheHead() throws Exception {
        awaitCommitted(ends());
        // Within the topic's limit only because its publisher compresses it.
        large(new byte[5_000_000]);
        awaitCommitted(ends());
        assertThat(letters()).anyMatch(letter -> letter.length() == 5_000_000);

        set("max.message.bytes", "300000");
        byte[] noise = new byte[500_000];
        new Random(1).nextBytes(noise);
        large(noise);
        awaitCommitted(ends());
        end(TOO_SMALL);
        assertThat(installation.deadLetters())
                .filteredOn(letter -> Arrays.equals(letter.value(), Arrays.copyOf(noise, 65_536)))
                .singleElement()
                .satisfies(letter -> assertThat(Events.header(letter, "belfry-error-detail"))
                        .startsWith("the first 65536 of 500000 bytes"));
    }

    private void begin(Refusal refusal) throws ExecutionException, InterruptedException {
        if (refusal == MISSING) {
            admin.deleteTopics(List.of(letters)).all().get();
        } else {
            set(refusal.setting(), refusal.bad());
        }
    }

    private void end(Refusal refusal) throws ExecutionException, InterruptedException {
        if (refusal == MISSING) {
            installation.createTopic(letters, PARTITIONS);
        } else {
            set(refusal.setting(), refusal.good());
        }
    }

    private void set(String name, String value) throws ExecutionException, InterruptedException {
        admin.incrementalAlterConfigs(Map.of(
                        new ConfigResource(ConfigResource.Type.TOPIC, letters),
                        List.of(new AlterConfigOp(new ConfigEntry(name, value), OpType.SET))))
                .all()
                .get();
    }

    private void large(byte[] value) {
        try (KafkaProducer<byte[], byte[]> publisher =
                installation.producer(Map.of("compression.type", "gzip", "max.request.size", 8_000_000))) {
            Installation.acknowledged(publisher.send(new ProducerRecord<>(requested, 0, null, value)));
        }
    }

    private long good(int partition) {
        long user = newId();
        EventId id = new EventId("/refused", "u" + user);
        Installation.acknowledged(
                installation.producer().send(installation.request(partition, id, Requests.toUsers("hello", user))));
        return user;
    }

    private String bad(int partition) {
        String value = "poison " + UUID.randomUUID();
        Installation.acknowledged(installation
                .producer()
                .send(new ProducerRecord<byte[], byte[]>(
                        requested, partition, null, value.getBytes(StandardCharsets.UTF_8))));
        return value;
    }

    private void awaitStored(List<Long> users) {
        eventually().until(() -> entries(users) == users.size());
    }

    private void awaitCommitted(Map<Integer, Long> offsets) {
        eventually().untilAsserted(() -> assertThat(committed()).containsAllEntriesOf(offsets));
    }

    private Map<Integer, Long> committed() {
        return installation.committed(PersisterConfiguration.GROUP, requested);
    }

    private Map<Integer, Long> ends() {
        Map<Integer, Long> ends = new HashMap<>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            ends.put(partition, 0L);
        }
        installation.read(requested).forEach(record -> ends.merge(record.partition(), record.offset() + 1, Math::max));
        return ends;
    }

    /** What each says. */
    private List<String> letters() {
        List<ConsumerRecord<byte[], byte[]>> found = installation.deadLetters();
        assertThat(found)
                .allMatch(
                        letter -> Events.header(letter, "belfry-original-topic").equals(requested));
        return found.stream()
                .map(letter -> new String(letter.value(), StandardCharsets.UTF_8))
                .toList();
    }
}
