package io.belfry.persister;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.events.EventId;
import io.belfry.kit.kafka.Events;
import io.belfry.kit.servers.TestServers;
import io.belfry.localstack.process.ChildProcess;
import io.belfry.localstack.process.Ports;
import io.belfry.localstack.process.ProcessSpec;
import io.belfry.localstack.process.Readiness;
import io.belfry.persister.support.Installation;
import io.belfry.persister.support.PersisterTest;
import io.belfry.persister.support.Requests;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Records of kilobytes that are more than a persister's whole memory once they are decompressed. */
class HugeRecordsIT extends PersisterTest {

    private static final int HUGE = 200_000_000;

    private final String requested = installation.topics().requested();
    private final int port = Ports.free();
    private ChildProcess small;

    @AfterEach
    void stopSmall() {
        small.stop();
    }

    @Test
    void areSteppedOverAndToldAndEndNothing() {
        small = persister();
        small.start();
        good(1);
        RecordMetadata huge = send(1, HUGE).get(0);
        good(2);
        // Each of them fits, and all of them together do not.
        List<RecordMetadata> many = send(300, 1_000_000);
        good(3);
        eventually()
                .atMost(Duration.ofSeconds(120))
                .untilAsserted(() -> assertThat(jdbc.sql("SELECT user_id FROM inbox_entry ORDER BY 1")
                                .query(Long.class)
                                .list())
                        .containsExactly(1L, 2L, 3L));
        assertThat(small.isRunning()).isTrue();
        eventually().until(() -> installation.deadLetters().size() == 1 + many.size());
        List<ConsumerRecord<byte[], byte[]>> letters = installation.deadLetters();
        assertThat(letters.get(0).value()).isNull();
        assertThat(letters)
                .extracting(letter -> Events.header(letter, "belfry-original-offset"))
                .startsWith(Long.toString(huge.offset()))
                .doesNotHaveDuplicates();
        assertThat(letters)
                .extracting(letter -> Events.header(letter, "belfry-error"))
                .startsWith("unprocessable", "bad_attributes");
    }

    private ChildProcess persister() {
        Map<String, String> environment = installation.environment(
                "BELFRY_PERSISTER_PORT", Integer.toString(port), "BELFRY_KAFKA_PARTITIONS", "1");
        Path folder = TestServers.temporaryFolder();
        return new ChildProcess(
                new ProcessSpec(
                        "persister",
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-Xmx160m",
                                "-cp",
                                System.getProperty("java.class.path"),
                                PersisterMain.class.getName()),
                        environment,
                        folder,
                        folder.resolve("log"),
                        "TERM",
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(20)),
                Readiness.http(URI.create("http://127.0.0.1:" + port + "/actuator/health/readiness")));
    }

    private void good(long user) {
        Installation.acknowledged(
                installation.publish(new EventId("/huge", "u" + user), Requests.toUsers("hello", user)));
    }

    private List<RecordMetadata> send(int count, int bytes) {
        byte[] spaces = new byte[bytes];
        Arrays.fill(spaces, (byte) ' ');
        int most = HUGE + 1_000_000;
        try (KafkaProducer<byte[], byte[]> producer = installation.producer(
                Map.of("compression.type", "zstd", "max.request.size", most, "buffer.memory", most))) {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                sent.add(producer.send(new ProducerRecord<>(requested, spaces)));
            }
            return sent.stream().map(Installation::acknowledged).toList();
        }
    }
}
