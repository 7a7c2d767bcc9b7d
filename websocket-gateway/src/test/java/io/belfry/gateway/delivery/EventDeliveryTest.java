package io.belfry.gateway.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.belfry.events.Ids;
import io.belfry.events.names.Topics;
import io.belfry.events.names.UserShard;
import io.belfry.gateway.connection.Connection;
import io.belfry.gateway.connection.ConnectionRegistry;
import io.belfry.gateway.connection.ConnectionShard;
import io.belfry.gateway.delivery.EventDelivery.DeliverySettings;
import io.belfry.gateway.ops.GatewayMetrics;
import io.belfry.gateway.support.DirectLoop;
import io.belfry.gateway.support.FakeOutlet;
import io.belfry.gateway.support.Heard;
import io.belfry.gateway.support.LoggedErrors;
import io.belfry.runtime.kafka.KafkaAccess;
import io.belfry.runtime.tracing.Tracing;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.metrics.KafkaMetric;
import org.apache.kafka.common.metrics.Measurable;
import org.apache.kafka.common.metrics.MetricConfig;
import org.apache.kafka.common.utils.Time;
import org.junit.jupiter.api.Test;

/** What no broker brings about at a test's will. */
class EventDeliveryTest {

    private static final Topics TOPICS = new Topics("");
    private static final MetricName RESPONSES = new MetricName("response-total", "consumer-metrics", "", Map.of());

    private final AtomicBoolean broken = new AtomicBoolean();
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final GatewayMetrics gatewayMetrics = new GatewayMetrics(metrics, Clock.systemUTC());

    private final class Consumer extends MockConsumer<byte[], byte[]> {

        Consumer() {
            super("none");
            for (String topic : List.of(TOPICS.stored(), TOPICS.changed(), TOPICS.erasures())) {
                updatePartitions(topic, List.of(new PartitionInfo(topic, 0, null, null, null)));
                updateEndOffsets(Map.of(new TopicPartition(topic, 0), 0L));
            }
        }

        @Override
        public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
            if (broken.get()) {
                throw new KafkaException("on purpose");
            }
            return super.poll(timeout);
        }

        @Override
        public Map<MetricName, ? extends Metric> metrics() {
            Measurable none = (config, now) -> 0;
            return Map.of(RESPONSES, new KafkaMetric(new Object(), RESPONSES, none, new MetricConfig(), Time.SYSTEM));
        }
    }

    /** As they do on records that can not be unpacked: a broker does not take such from a producer. */
    @Test
    void logsPollsThatThrowOnceAndWaits() {
        try (LoggedErrors logged = new LoggedErrors(BrokerContact.class);
                EventDelivery delivery = delivery(new ConnectionRegistry(List.of()))) {
            delivery.start();
            await().until(delivery::isPositioned);

            broken.set(true);
            await().atMost(Duration.ofSeconds(15)).until(delivery::isUnreadable);
            assertThat(metrics.counter("belfry.gateway.failed.polls").count()).isBetween(4.0, 20.0);
            logged.assertLogged(KafkaException.class);
            assertThat(delivery.isAlive()).isTrue();

            broken.set(false);
            await().until(() -> !delivery.isUnreadable());
        }
    }

    /** Who hears of a rehearsal has an id that no platform gives. */
    @Test
    void rehearsesAllTheWayToTheSocketsBeforeItIsPositioned() {
        ConnectionShard shard = new ConnectionShard(new DirectLoop(), gatewayMetrics);
        FakeOutlet socket = new FakeOutlet();
        shard.add(new Connection(Ids.MAX, 1, null, socket));
        try (EventDelivery delivery = delivery(new ConnectionRegistry(List.of(shard)))) {
            delivery.start();
            await().until(delivery::isPositioned);

            socket.assertReceived(Collections.nCopies(200, "1/1").toArray(String[]::new));
        }
    }

    private EventDelivery delivery(ConnectionRegistry connections) {
        return new EventDelivery(
                new Consumer(),
                new DeliverySettings(
                        KafkaAccess.plain("unused"), TOPICS, UserShard.WHOLE, Duration.ofSeconds(30), null),
                connections,
                new Heard(),
                gatewayMetrics,
                Tracing.off());
    }
}
