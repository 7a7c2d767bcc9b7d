package io.belfry.gateway.support;

import io.belfry.events.NotificationStored.Recipient;
import io.belfry.events.names.UserShard;
import io.belfry.gateway.connection.ConnectionRegistry;
import io.belfry.gateway.delivery.EventDelivery;
import io.belfry.gateway.delivery.EventDelivery.DeliverySettings;
import io.belfry.gateway.ops.GatewayMetrics;
import io.belfry.runtime.kafka.KafkaAccess;
import io.belfry.runtime.tracing.Tracing;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What a delivery tells beside frames: epochs of inboxes that changed, people who are erased. */
public record Heard(Queue<String> epochs, Queue<Long> people) implements EventDelivery.Listener {

    public Heard() {
        this(new ConcurrentLinkedQueue<>(), new ConcurrentLinkedQueue<>());
    }

    /** A delivery without connections that tells this, and looks for new partitions every second; not started. */
    public EventDelivery delivery(Backbone backbone, UserShard shard) {
        return new EventDelivery(
                new DeliverySettings(
                        KafkaAccess.plain(backbone.kafka().bootstrapServers()),
                        backbone.topics(),
                        shard,
                        Duration.ofSeconds(1),
                        null),
                new ConnectionRegistry(List.of()),
                this,
                new GatewayMetrics(new SimpleMeterRegistry(), Clock.systemUTC()),
                Tracing.off());
    }

    @Override
    public void changed(String epoch, List<Recipient> inboxes) {
        epochs.add(epoch);
    }

    @Override
    public void erased(long user) {
        people.add(user);
    }

    @Override
    public void died() {}
}
