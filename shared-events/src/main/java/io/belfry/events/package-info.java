/**
 * What the services say to each other over Kafka: the records, how they look on the wire, and which topic carries which.
 */
@NullMarked
package io.belfry.events;

import org.jspecify.annotations.NullMarked;
