package io.belfry.gateway.commands;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.events.InboxCommand;
import io.belfry.events.wire.Event;
import io.belfry.events.wire.EventCodec;
import io.belfry.events.wire.EventType;
import io.belfry.gateway.support.Backbone;
import io.belfry.gateway.support.TestGateway;
import io.belfry.gateway.support.TestSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What users ask for over their sockets arrives in Kafka, for themselves alone. */
class CommandsIT {

    private static final long ANA = 7;
    private Backbone backbone;
    private TestGateway gateway;

    @BeforeEach
    void start() {
        backbone = Backbone.create();
        gateway = TestGateway.start(backbone);
    }

    @AfterEach
    void stop() {
        gateway.close();
        backbone.close();
    }

    private List<ConsumerRecord<byte[], byte[]>> commands(int expected) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", backbone.kafka().bootstrapServers(), "auto.offset.reset", "earliest"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(consumer.partitionsFor(backbone.topics().commands()).stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList());
            long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
            while (records.size() < expected && System.nanoTime() < deadline) {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
            }
        }
        return records;
    }

    @Test
    void acknowledgesWhatKafkaHas() {
        try (TestSocket ana = gateway.connect(ANA)) {
            ana.send("{\"type\":\"mark_read\",\"id\":9001,\"ref\":\"c1\"}");
            assertThat(ana.text()).isEqualTo("{\"type\":\"ack\",\"ref\":\"c1\"}");
            ana.send("{\"type\":\"mark_all_read\",\"up_to\":9001,\"ref\":\"c2\"}");
            assertThat(ana.text()).isEqualTo("{\"type\":\"ack\",\"ref\":\"c2\"}");
            ana.send("{\"type\":\"mark_all_read\",\"ref\":\"c3\"}");
            assertThat(ana.text()).isEqualTo("{\"type\":\"ack\",\"ref\":\"c3\"}");
        }

        List<ConsumerRecord<byte[], byte[]>> records = commands(3);
        assertThat(records)
                .extracting(each -> new String(each.value(), StandardCharsets.UTF_8))
                .containsExactly(
                        "{\"user\":7,\"command\":\"mark_read\",\"id\":9001}",
                        "{\"user\":7,\"command\":\"mark_all_read\",\"up_to\":9001}",
                        "{\"user\":7,\"command\":\"mark_all_read\"}");
        assertThat(records).allSatisfy(each -> {
            assertThat(new String(each.key(), StandardCharsets.UTF_8)).isEqualTo("7");
            Event<InboxCommand> event = new EventCodec().decode(each, EventType.INBOX_COMMAND);
            assertThat(event.eventId().source()).startsWith("/websocket-gateway/");
            assertThat(event.time()).isNotNull();
        });
    }

    @Test
    void sendsNoAckThatNoClientAskedFor() {
        try (TestSocket ana = gateway.connect(ANA)) {
            ana.send("{\"type\":\"mark_read\",\"id\":1}");
            ana.send("{\"type\":\"mark_read\",\"id\":2,\"ref\":\"second\"}");
            assertThat(ana.text()).isEqualTo("{\"type\":\"ack\",\"ref\":\"second\"}");
        }
    }

    @Test
    void writesNothingForWhatItRefuses() {
        try (TestSocket ana = gateway.connect(ANA)) {
            for (String id : List.of("\"9001\"", "1.5", "0", "[1]", "9007199254740992")) {
                ana.send("{\"type\":\"mark_read\",\"id\":" + id + ",\"ref\":\"c1\"}");
                assertThat(ana.frame("error").get("code").stringValue()).isEqualTo("bad_request");
            }
            ana.send("{\"type\":\"mark_read\",\"id\":1,\"user\":8,\"ref\":\"c2\"}");
            ana.frame("ack");
        }

        assertThat(commands(1))
                .singleElement()
                .satisfies(each -> assertThat(new String(each.value(), StandardCharsets.UTF_8))
                        .isEqualTo("{\"user\":7,\"command\":\"mark_read\",\"id\":1}"));
    }
}
