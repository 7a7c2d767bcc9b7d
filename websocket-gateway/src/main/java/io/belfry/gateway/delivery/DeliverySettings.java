package io.belfry.gateway.delivery;

import io.belfry.events.names.Topics;
import io.belfry.runtime.settings.Failpoints;
import java.time.Duration;

/**
 * Where events come from.
 *
 * @param discovery how often new partitions are looked for
 * @param failpoints faults to be made on purpose; never in production
 */
public record DeliverySettings(String bootstrapServers, Topics topics, Duration discovery, Failpoints failpoints) {}
