/**
 * What this service writes to Kafka, and how long it may take: a send waits for the acknowledgement because its answer
 * promises it; a change of an inbox does not, because clients find a lost one by its number.
 */
@NullMarked
package io.belfry.api.events;

import org.jspecify.annotations.NullMarked;
