package io.belfry.localstack;

import io.belfry.localstack.process.ControlledProcess;
import io.belfry.localstack.process.Parallel;
import io.belfry.localstack.process.ProcessGuard;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The servers that the tests of this module share, all of them started; gone when the JVM ends. */
public final class SharedServers {

    private SharedServers() {}

    public static Infrastructure get() {
        return Holder.SERVERS;
    }

    private static final class Holder {
        static final Infrastructure SERVERS = start();
    }

    private static Infrastructure start() {
        try {
            Path folder = Files.createTempDirectory("belfry-test-");
            ProcessGuard.removeAtEnd(folder);
            Infrastructure servers = Infrastructure.disposable(folder);
            Parallel.run(servers.all(), ControlledProcess::start);
            return servers;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Topics of one partition. */
    public static void createTopics(String bootstrapServers, Collection<String> names)
            throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            admin.createTopics(names.stream()
                            .map(name -> new NewTopic(name, 1, (short) 1))
                            .toList())
                    .all()
                    .get();
        }
    }

    /** All of a topic of one partition. */
    public static List<ConsumerRecord<byte[], byte[]>> read(String topic) {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", get().kafka().bootstrapServers()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partition = List.of(new TopicPartition(topic, 0));
            consumer.assign(partition);
            consumer.seekToBeginning(partition);
            long end = consumer.endOffsets(partition).get(partition.get(0));
            List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>();
            while (consumer.position(partition.get(0)) < end) {
                consumer.poll(Duration.ofSeconds(1)).forEach(all::add);
            }
            return all;
        }
    }
}
