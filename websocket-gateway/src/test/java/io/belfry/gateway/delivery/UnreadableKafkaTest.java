package io.belfry.gateway.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.belfry.events.names.Topics;
import io.belfry.events.names.UserShard;
import io.belfry.gateway.connection.ConnectionRegistry;
import io.belfry.gateway.delivery.EventDelivery.DeliverySettings;
import io.belfry.gateway.ops.GatewayMetrics;
import io.belfry.gateway.support.Heard;
import io.belfry.gateway.support.LoggedErrors;
import io.belfry.runtime.kafka.KafkaAccess;
import io.belfry.runtime.tracing.Tracing;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
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

/** Polls that throw, as they do on records that can not be unpacked: a broker does not take such from a producer. */
class UnreadableKafkaTest {

    private static final Topics TOPICS = new Topics("");
    private static final MetricName RESPONSES = new MetricName("response-total", "consumer-metrics", "", Map.of());

    private final AtomicBoolean broken = new AtomicBoolean();
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();

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

    @Test
    void isLoggedOnceAndWaitedFor() {
        try (LoggedErrors logged = new LoggedErrors(BrokerContact.class);
                EventDelivery delivery = new EventDelivery(
                        new Consumer(),
                        new DeliverySettings(
                                KafkaAccess.plain("unused"), TOPICS, UserShard.WHOLE, Duration.ofSeconds(30), null),
                        new ConnectionRegistry(List.of()),
                        new Heard(),
                        new GatewayMetrics(metrics, Clock.systemUTC()),
                        Tracing.off())) {
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
}
