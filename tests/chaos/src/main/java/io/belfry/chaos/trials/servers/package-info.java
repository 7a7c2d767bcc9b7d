/** PostgreSQL, Kafka and Redis that are gone, and records that can never be handled. */
@NullMarked
package io.belfry.chaos.trials.servers;

import org.jspecify.annotations.NullMarked;
