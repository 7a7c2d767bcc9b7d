/**
 * How this process holds on to Kafka: which settings keep a promise and which only look like it.
 */
@NullMarked
package io.belfry.persister.kafka;

import org.jspecify.annotations.NullMarked;
