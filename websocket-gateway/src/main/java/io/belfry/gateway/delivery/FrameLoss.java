package io.belfry.gateway.delivery;

import io.belfry.gateway.connection.OutgoingEvent;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Loses frames on purpose, and says so nowhere: a failpoint for tests. */
final class FrameLoss {

    private FrameLoss() {}

    /** What is done to every batch: nothing, unless the failpoint is set. */
    static UnaryOperator<List<OutgoingEvent>> of(@Nullable BooleanSupplier lost) {
        if (lost == null) {
            return UnaryOperator.identity();
        }
        return batch -> batch.stream().map(delivery -> without(delivery, lost)).toList();
    }

    private static OutgoingEvent without(OutgoingEvent delivery, BooleanSupplier lost) {
        return new OutgoingEvent(
                delivery.frame(),
                delivery.epoch(),
                delivery.recipients().stream()
                        .filter(recipient -> !lost.getAsBoolean())
                        .toList(),
                delivery.time());
    }
}
