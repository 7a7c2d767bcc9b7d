package io.belfry.gateway.delivery;

import io.belfry.events.Topics;
import java.time.Duration;

/**
 * Where events come from.
 *
 * @param discovery how often new partitions are looked for
 */
public record DeliverySettings(String bootstrapServers, Topics topics, Duration discovery) {}
