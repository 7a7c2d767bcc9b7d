/** Events as Kafka records and back: CloudEvents, trace context, and what makes a record poison. */
@NullMarked
package io.belfry.events.wire;

import org.jspecify.annotations.NullMarked;
