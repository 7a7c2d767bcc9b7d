package io.belfry.gateway.commands;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.events.InboxCommand;
import io.belfry.events.wire.Event;
import io.belfry.events.wire.EventCodec;
import io.belfry.events.wire.EventType;
import io.belfry.gateway.support.Backbone;
import io.belfry.gateway.support.TestGateway;
import io.belfry.gateway.support.TestSocket;
import io.belfry.kit.kafka.TopicReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What users ask for over their sockets arrives in Kafka, for themselves alone. */
class CommandsIT {

    private static final long ANA = 7;

    @AutoClose
    private final Backbone backbone = Backbone.create();

    @AutoClose
    private final TestGateway gateway = TestGateway.start(backbone);

    private List<ConsumerRecord<byte[], byte[]>> commands() {
        try (TopicReader reader = new TopicReader(
                backbone.kafka().bootstrapServers(), backbone.topics().commands())) {
            return reader.readOn();
        }
    }

    @Test
    void acknowledgesWhatKafkaHasIfItIsAskedTo() {
        try (TestSocket ana = gateway.connect(ANA)) {
            ana.send("{\"type\":\"mark_read\",\"id\":9001,\"user\":8}");
            ana.send("{\"type\":\"mark_all_read\",\"up_to\":9001,\"ref\":\"c2\"}");
            assertThat(ana.text()).isEqualTo("{\"type\":\"ack\",\"ref\":\"c2\"}");
            ana.send("{\"type\":\"mark_read\",\"id\":\"9001\",\"ref\":\"c3\"}");
            assertThat(ana.frame("error").get("code").stringValue()).isEqualTo("bad_request");
            ana.send("{\"type\":\"mark_all_read\",\"ref\":\"c4\"}");
            assertThat(ana.text()).isEqualTo("{\"type\":\"ack\",\"ref\":\"c4\"}");
        }

        assertThat(commands())
                .extracting(each -> new String(each.value(), StandardCharsets.UTF_8))
                .containsExactly(
                        "{\"user\":7,\"command\":\"mark_read\",\"id\":9001}",
                        "{\"user\":7,\"command\":\"mark_all_read\",\"up_to\":9001}",
                        "{\"user\":7,\"command\":\"mark_all_read\"}");
        assertThat(commands()).allSatisfy(each -> {
            assertThat(each.key()).asString().isEqualTo("7");
            Event<InboxCommand> event = new EventCodec().decode(each, EventType.INBOX_COMMAND);
            assertThat(event.eventId().source()).startsWith("/websocket-gateway/");
            assertThat(event.time()).isNotNull();
        });
    }
}
