package io.belfry.gateway.delivery;

import io.belfry.events.names.Topics;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Where events come from.
 *
 * @param discovery how often new partitions are looked for
 * @param loseFrame asked for each recipient whether its frame is lost on purpose; null = none is, as in production
 */
public record DeliverySettings(
        String bootstrapServers,
        Topics topics,
        Duration discovery,
        @Nullable BooleanSupplier loseFrame) {}
