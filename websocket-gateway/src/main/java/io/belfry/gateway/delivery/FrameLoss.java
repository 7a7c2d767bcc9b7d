package io.belfry.gateway.delivery;

import io.belfry.gateway.connection.OutgoingEvent;
import io.belfry.runtime.settings.Failpoints;
import io.belfry.runtime.settings.Failpoints.Point;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/** Loses frames on purpose, without a word to anybody, where a failpoint says so. */
final class FrameLoss {

    private FrameLoss() {}

    /** What is done to every batch: nothing, unless the failpoint is set. */
    static UnaryOperator<List<OutgoingEvent>> of(Failpoints failpoints) {
        if (!failpoints.isSet(Point.DROP_FRAMES)) {
            return UnaryOperator.identity();
        }
        BooleanSupplier lost = failpoints.at(Point.DROP_FRAMES);
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
