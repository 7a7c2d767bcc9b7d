/** How a service reaches Kafka. */
@NullMarked
package io.belfry.runtime.kafka;

import org.jspecify.annotations.NullMarked;
