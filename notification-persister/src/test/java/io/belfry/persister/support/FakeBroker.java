package io.belfry.persister.support;

import io.belfry.kit.kafka.Events;
import io.belfry.kit.database.Database.Entry;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Keeps what is sent to a topic, and refuses what a test wants refused. */
public class FakeBroker extends MockProducer<byte[], byte[]> {

    private final Function<ProducerRecord<byte[], byte[]>, RuntimeException> refusal;

    /** @param refusal of a record; null = it is taken */
    public FakeBroker(
            String topic, int partitions, Function<ProducerRecord<byte[], byte[]>, RuntimeException> refusal) {
        super(cluster(topic, partitions), true, null, new ByteArraySerializer(), new ByteArraySerializer());
        this.refusal = refusal;
    }

    private static Cluster cluster(String topic, int partitions) {
        List<PartitionInfo> all = IntStream.range(0, partitions)
                .mapToObj(partition -> new PartitionInfo(topic, partition, null, new Node[0], new Node[0]))
                .toList();
        return new Cluster("cluster", List.of(new Node(0, "nowhere", 1)), all, Set.of(), Set.of());
    }

    @Override
    public synchronized Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record) {
        RuntimeException refused = refusal.apply(record);
        return refused == null ? super.send(record) : CompletableFuture.failedFuture(refused);
    }

    /** As gateways read it. */
    public List<Entry> delivered() {
        return Events.announced(history().stream()
                .map(sent -> new ConsumerRecord<>(sent.topic(), 0, 0, sent.key(), sent.value()))
                .toList());
    }
}
